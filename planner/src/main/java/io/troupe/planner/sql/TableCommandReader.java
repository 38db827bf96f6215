package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.TableCommand;
import io.troupe.planner.type.StructField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// CREATE, ALTER and DROP of tables.
final class TableCommandReader {
    private final Readers readers;
    private final CommandReader commands;

    TableCommandReader(Readers readers, CommandReader commands) {
        this.readers = readers;
        this.commands = commands;
    }

    Command command(TroupeSql.TableCommandContext tree) {
        return switch (tree) {
            case TroupeSql.CreateTableContext create -> create(create);
            case TroupeSql.CreateTableLikeContext create ->
                    new TableCommand.CreateLike(
                            name(create.name),
                            name(create.source),
                            definition(List.of(), create.tableClause()),
                            create.ifNotExists() != null);
            case TroupeSql.DropTableContext drop ->
                    new TableCommand.Drop(name(drop.name), drop.ifExists() != null);
            case TroupeSql.TruncateTableContext truncate ->
                    new TableCommand.Truncate(
                            name(truncate.name), commands.partition(truncate.partitionSpec()));
            case TroupeSql.AlterTableContext alter ->
                    change(name(alter.name), alter.tableChange(), false);
            case TroupeSql.RepairTableContext repair -> new TableCommand.Repair(name(repair.name));
            case TroupeSql.AnalyzeTableContext analyze ->
                    new TableCommand.Analyze(name(analyze.name));
            case TroupeSql.CommentOnContext comment ->
                    new TableCommand.Comment(
                            comment.database() != null
                                    ? "database"
                                    : comment.COLUMN() != null ? "column" : "table",
                            name(comment.name),
                            commands.text(comment.comment));
            default -> throw Readers.unknown(tree);
        };
    }

    private List<String> name(TroupeSql.TableNameContext tree) {
        return commands.name(tree);
    }

    private Command create(TroupeSql.CreateTableContext tree) {
        if (tree.TEMPORARY() != null) {
            throw readers.fail(
                    tree,
                    "INVALID_SQL_SYNTAX.CREATE_TEMP_TABLE_USING_PROVIDER",
                    "42000",
                    "Invalid SQL syntax: CREATE TEMPORARY TABLE ... USING ... is a deprecated syntax. To overcome the issue, please use CREATE"
                            + " TEMPORARY VIEW instead.");
        }
        List<StructField> columns = readers.types().columns(tree.columnDefinition()).fields();
        if (tree.query() != null && !columns.isEmpty()) {
            throw readers.fail(
                    tree,
                    "_LEGACY_ERROR_TEMP_0035",
                    null,
                    "Operation not allowed: Schema may not be specified in a Create Table As Select (CTAS) statement.");
        }
        return new TableCommand.Create(
                name(tree.name),
                definition(columns, tree.tableClause()),
                tree.ifNotExists() != null,
                tree.REPLACE() != null,
                tree.query() == null ? null : readers.queries().query(tree.query()));
    }

    private TableCommand.Definition definition(
            List<StructField> columns, List<TroupeSql.TableClauseContext> clauses) {
        List<StructField> all = new ArrayList<>(columns);
        List<String> partitionBy = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        String format = null;
        String location = null;
        String comment = null;
        for (TroupeSql.TableClauseContext clause : clauses) {
            format =
                    clause.format == null
                            ? format
                            : String.join(".", Names.parts(clause.format)).toLowerCase(Locale.ROOT);
            format =
                    clause.stored == null
                            ? format
                            : Names.of(clause.stored).toLowerCase(Locale.ROOT);
            location = clause.location == null ? location : commands.text(clause.location);
            comment = clause.comment == null ? comment : commands.text(clause.comment);
            if (clause.options != null) {
                options.putAll(readers.relations().properties(clause.options));
            }
            if (clause.properties != null) {
                properties.putAll(readers.relations().properties(clause.properties));
            }
            clause.partitionColumn()
                    .forEach(column -> partitionBy.add(partitionColumn(column, all)));
        }
        return new TableCommand.Definition(
                List.copyOf(all),
                format,
                List.copyOf(partitionBy),
                options,
                properties,
                location,
                comment);
    }

    /// Hive's form declares the partition columns in the PARTITIONED BY clause.
    private String partitionColumn(
            TroupeSql.PartitionColumnContext tree, List<StructField> columns) {
        if (tree.columnDefinition() != null) {
            StructField field =
                    readers.types().columns(List.of(tree.columnDefinition())).fields().getFirst();
            columns.add(field);
            return field.name();
        }
        if (tree.functionName() != null) {
            throw readers.fail(
                    tree,
                    "UNSUPPORTED_FEATURE.PARTITION_TRANSFORM",
                    "0A000",
                    "The feature is not supported: partition transform "
                            + Origin.written(tree)
                            + ". Partition by a column.",
                    "transform",
                    Origin.written(tree));
        }
        return String.join(".", Names.parts(tree.qualifiedName()));
    }

    Command change(List<String> name, TroupeSql.TableChangeContext tree, boolean view) {
        return switch (tree) {
            case TroupeSql.RenameTableContext rename ->
                    new TableCommand.Rename(name, name(rename.to), view);
            case TroupeSql.RenameColumnContext rename ->
                    new TableCommand.RenameColumn(
                            name, Names.parts(rename.from), Names.of(rename.to));
            case TroupeSql.AddColumnsContext add ->
                    new TableCommand.AddColumns(
                            name, add.newColumn().stream().map(this::newColumn).toList());
            case TroupeSql.DropColumnsContext drop ->
                    new TableCommand.DropColumns(
                            name,
                            drop.qualifiedName().stream().map(Names::parts).toList(),
                            drop.ifExists() != null);
            case TroupeSql.ReplaceColumnsContext replace ->
                    new TableCommand.ReplaceColumns(
                            name, readers.types().columns(replace.columnDefinition()).fields());
            case TroupeSql.AlterColumnContext alter ->
                    new TableCommand.AlterColumn(
                            name, Names.parts(alter.column), columnChange(alter.columnChange()));
            case TroupeSql.SetPropertiesContext set ->
                    new TableCommand.SetProperties(
                            name, readers.relations().properties(set.propertyList()), view);
            case TroupeSql.UnsetPropertiesContext unset ->
                    new TableCommand.UnsetProperties(
                            name,
                            List.copyOf(
                                    readers.relations().properties(unset.propertyList()).keySet()),
                            unset.ifExists() != null,
                            view);
            case TroupeSql.SetLocationContext set ->
                    new TableCommand.SetLocation(name, commands.text(set.location));
            case TroupeSql.RecoverPartitionsContext ignored -> new TableCommand.Repair(name);
            default -> partitions(name, tree);
        };
    }

    private Command partitions(List<String> name, TroupeSql.TableChangeContext tree) {
        return switch (tree) {
            case TroupeSql.AddPartitionsContext add ->
                    new TableCommand.ChangePartitions(
                            name,
                            "ADD PARTITION",
                            all(add.partitionSpec()),
                            add.ifNotExists() != null);
            case TroupeSql.DropPartitionsContext drop ->
                    new TableCommand.ChangePartitions(
                            name,
                            "DROP PARTITION",
                            all(drop.partitionSpec()),
                            drop.ifExists() != null);
            case TroupeSql.RenamePartitionContext rename ->
                    new TableCommand.ChangePartitions(
                            name, "RENAME PARTITION", all(rename.partitionSpec()), false);
            default -> throw Readers.unknown(tree);
        };
    }

    private List<Command.Partition> all(List<TroupeSql.PartitionSpecContext> trees) {
        return trees.stream().map(commands::partition).toList();
    }

    private TableCommand.NewColumn newColumn(TroupeSql.NewColumnContext tree) {
        StructField field =
                readers.types().columns(List.of(tree.columnDefinition())).fields().getFirst();
        return new TableCommand.NewColumn(
                field, tree.FIRST() != null, tree.word() == null ? null : Names.of(tree.word()));
    }

    private TableCommand.ColumnChange columnChange(TroupeSql.ColumnChangeContext tree) {
        String position =
                tree.FIRST() != null
                        ? "FIRST"
                        : tree.AFTER() != null ? Names.of(tree.word()) : null;
        String comment = tree.stringLiteral() == null ? null : commands.text(tree.stringLiteral());
        Boolean nullable = tree.change == null ? null : tree.change.getType() == TroupeSql.DROP;
        return new TableCommand.ColumnChange(
                tree.newName == null ? null : Names.of(tree.newName),
                tree.dataType() == null ? null : readers.types().type(tree.dataType()),
                comment,
                nullable,
                tree.expression() == null ? null : Origin.written(tree.expression()),
                tree.DROP() != null && tree.DEFAULT() != null,
                position);
    }
}
