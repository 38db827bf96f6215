package io.troupe.planner.sql;

import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.command.CacheCommand;
import io.troupe.planner.command.Command;
import io.troupe.planner.command.DatabaseCommand;
import io.troupe.planner.command.FunctionCommand;
import io.troupe.planner.command.RowsCommand;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/// Statements that are not queries: which kind, and those about databases, rows, functions and
/// caches.
final class CommandReader {
    private final Readers readers;
    private final TableCommandReader tables;
    private final ViewCommandReader views;
    private final QuestionReader questions;
    private final SettingReader settings;

    CommandReader(Readers readers) {
        this.readers = readers;
        this.tables = new TableCommandReader(readers, this);
        this.views = new ViewCommandReader(readers);
        this.questions = new QuestionReader(readers, this);
        this.settings = new SettingReader(readers);
    }

    Command command(TroupeSql.CommandContext tree) {
        return switch (tree) {
            case TroupeSql.ExplainCommandContext explain -> explain(explain);
            case TroupeSql.ExecuteCommandContext execute ->
                    new Command.ExecuteImmediate(
                            readers.expressions().expression(execute.text),
                            execute.variables.stream().map(Names::parts).toList(),
                            readers.expressions().items(execute.selectItem()));
            case TroupeSql.OnDatabaseContext on -> database(on.databaseCommand());
            case TroupeSql.OnTableContext on -> tables.command(on.tableCommand());
            case TroupeSql.OnViewContext on -> views.command(on.viewCommand(), tables);
            case TroupeSql.OnFunctionContext on -> function(on.functionCommand());
            case TroupeSql.OnRowsContext on -> rows(on.rowsCommand());
            case TroupeSql.OnShowContext on -> questions.show(on.showCommand());
            case TroupeSql.OnDescribeContext on -> questions.describe(on.describeCommand());
            case TroupeSql.OnSettingContext on -> settings.command(on.settingCommand());
            case TroupeSql.OnCacheContext on -> cache(on.cacheCommand());
            default -> throw Readers.unknown(tree);
        };
    }

    private Command explain(TroupeSql.ExplainCommandContext tree) {
        String mode = tree.level == null ? "simple" : tree.level.getText().toLowerCase(Locale.ROOT);
        return tree.query() != null
                ? new Command.Explain(mode, readers.queries().query(tree.query()), null)
                : new Command.Explain(mode, null, command(tree.command()));
    }

    List<String> name(TroupeSql.TableNameContext tree) {
        return readers.names().table(tree);
    }

    /// Null for an absent clause.
    String text(TroupeSql.StringLiteralContext tree) {
        return tree == null ? null : readers.literals().text(tree);
    }

    Command.Partition partition(TroupeSql.PartitionSpecContext tree) {
        if (tree == null) {
            return null;
        }
        Map<String, ParsedExpression> values = new LinkedHashMap<>();
        for (TroupeSql.PartitionValueContext value : tree.partitionValue()) {
            values.put(
                    Names.of(value.word()),
                    value.expression() == null
                            ? null
                            : readers.expressions().expression(value.expression()));
        }
        return new Command.Partition(values);
    }

    private Command database(TroupeSql.DatabaseCommandContext tree) {
        return switch (tree) {
            case TroupeSql.CreateDatabaseContext create -> {
                String comment = null;
                String location = null;
                Map<String, String> properties = new LinkedHashMap<>();
                for (TroupeSql.DatabaseClauseContext clause : create.databaseClause()) {
                    comment = clause.comment == null ? comment : text(clause.comment);
                    location = clause.location == null ? location : text(clause.location);
                    if (clause.propertyList() != null) {
                        properties.putAll(readers.relations().properties(clause.propertyList()));
                    }
                }
                yield new DatabaseCommand.Create(
                        name(create.name),
                        create.ifNotExists() != null,
                        comment,
                        location,
                        properties);
            }
            case TroupeSql.DropDatabaseContext drop ->
                    new DatabaseCommand.Drop(
                            name(drop.name), drop.ifExists() != null, drop.CASCADE() != null);
            case TroupeSql.AlterDatabasePropertiesContext alter ->
                    new DatabaseCommand.SetProperties(
                            name(alter.name), readers.relations().properties(alter.propertyList()));
            case TroupeSql.AlterDatabaseLocationContext alter ->
                    new DatabaseCommand.SetLocation(name(alter.name), text(alter.location));
            case TroupeSql.UseDatabaseContext use -> new DatabaseCommand.Use(name(use.name));
            case TroupeSql.UseCatalogContext use ->
                    new DatabaseCommand.UseCatalog(Names.of(use.catalog));
            default -> throw Readers.unknown(tree);
        };
    }

    private Command rows(TroupeSql.RowsCommandContext tree) {
        return switch (tree) {
            case TroupeSql.InsertRowsContext insert -> {
                ParsedPlan query = readers.queries().query(insert.query());
                if (insert.withClause() != null) {
                    query = readers.queries().with(insert.withClause(), query);
                }
                yield new RowsCommand.Insert(
                        name(insert.name),
                        insert.overwrite != null,
                        partition(insert.partitionSpec()),
                        insert.BY() != null,
                        Names.all(insert.columnNames()),
                        insert.ifNotExists() != null,
                        query);
            }
            case TroupeSql.ReplaceRowsContext replace ->
                    new RowsCommand.Unsupported(
                            name(replace.name), "INSERT INTO ... REPLACE WHERE");
            case TroupeSql.DeleteRowsContext delete ->
                    new RowsCommand.Unsupported(name(delete.name), "DELETE FROM TABLE");
            case TroupeSql.UpdateRowsContext update ->
                    new RowsCommand.Unsupported(name(update.name), "UPDATE TABLE");
            case TroupeSql.MergeRowsContext merge ->
                    new RowsCommand.Unsupported(List.of(), "MERGE INTO TABLE");
            default -> throw Readers.unknown(tree);
        };
    }

    private Command function(TroupeSql.FunctionCommandContext tree) {
        return switch (tree) {
            case TroupeSql.CreateFunctionContext create -> created(create);
            case TroupeSql.CreateClassFunctionContext create ->
                    throw readers.fail(
                            create,
                            "UNSUPPORTED_FEATURE.CREATE_FUNCTION_OF_CLASS",
                            "0A000",
                            "The feature is not supported: CREATE FUNCTION of a Java class. Register a Python function with spark.udf.register, or write"
                                    + " the function in SQL: CREATE FUNCTION f(x INT) RETURNS INT RETURN x + 1.",
                            "class",
                            text(create.className));
            case TroupeSql.DropFunctionContext drop ->
                    new FunctionCommand.Drop(
                            name(drop.name), drop.ifExists() != null, drop.TEMPORARY() != null);
            default -> throw Readers.unknown(tree);
        };
    }

    private Command created(TroupeSql.CreateFunctionContext tree) {
        if (tree.TABLE() != null) {
            throw readers.fail(
                    tree,
                    "UNSUPPORTED_FEATURE.SQL_TABLE_FUNCTION",
                    "0A000",
                    "The feature is not supported: CREATE FUNCTION ... RETURNS TABLE. Use a view, or a Python table function (udtf).");
        }
        if (tree.ifNotExists() != null && tree.REPLACE() != null) {
            throw readers.fail(
                    tree,
                    "INVALID_SQL_SYNTAX.CREATE_ROUTINE_WITH_IF_NOT_EXISTS_AND_REPLACE",
                    "42000",
                    "Invalid SQL syntax: Cannot create a routine with both IF NOT EXISTS and REPLACE specified.");
        }
        List<SqlFunction.Parameter> parameters =
                tree.functionParameter().stream()
                        .map(parameter ->
                                new SqlFunction.Parameter(
                                        Names.of(parameter.name),
                                        readers.types().type(parameter.dataType()),
                                        parameter.standard == null
                                                ? null
                                                : Origin.written(parameter.standard)))
                        .toList();
        DataType returns = tree.dataType() == null ? null : readers.types().type(tree.dataType());
        boolean query = tree.query() != null;
        String body = Origin.written(query ? tree.query() : tree.expression());
        String comment = null;
        for (TroupeSql.FunctionClauseContext clause : tree.functionClause()) {
            comment = clause.comment == null ? comment : text(clause.comment);
        }
        SqlFunction function =
                new SqlFunction(name(tree.name), parameters, returns, body, query, comment);
        return new FunctionCommand.Create(
                function,
                tree.TEMPORARY() != null,
                tree.ifNotExists() != null,
                tree.REPLACE() != null);
    }

    private Command cache(TroupeSql.CacheCommandContext tree) {
        return switch (tree) {
            case TroupeSql.CacheTableContext cache ->
                    new CacheCommand.Cache(
                            name(cache.name),
                            cache.LAZY() != null,
                            cache.propertyList() == null
                                    ? Map.of()
                                    : readers.relations().properties(cache.propertyList()),
                            cache.query() == null ? null : readers.queries().query(cache.query()));
            case TroupeSql.UncacheTableContext uncache ->
                    new CacheCommand.Uncache(name(uncache.name), uncache.ifExists() != null);
            case TroupeSql.ClearCacheContext ignored -> new CacheCommand.Clear();
            case TroupeSql.RefreshTableContext refresh ->
                    new CacheCommand.RefreshTable(name(refresh.name));
            case TroupeSql.RefreshFunctionContext refresh ->
                    new CacheCommand.RefreshFunction(Names.parts(refresh.function));
            case TroupeSql.RefreshPathContext refresh ->
                    new CacheCommand.RefreshPath(
                            refresh.path != null
                                    ? text(refresh.path)
                                    : rest(refresh.getStart(), refresh));
            default -> throw Readers.unknown(tree);
        };
    }

    /// The text after the first word of a statement, as written.
    static String rest(Token first, org.antlr.v4.runtime.ParserRuleContext tree) {
        return Origin.written(tree).substring(first.getText().length()).strip();
    }
}
