package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.DescribeCommand;
import io.troupe.planner.command.ShowCommand;
import java.util.List;
import java.util.Locale;

/// SHOW and DESCRIBE.
final class QuestionReader {
    private final Readers readers;
    private final CommandReader commands;

    QuestionReader(Readers readers, CommandReader commands) {
        this.readers = readers;
        this.commands = commands;
    }

    Command show(TroupeSql.ShowCommandContext tree) {
        return switch (tree) {
            case TroupeSql.ShowDatabasesContext show ->
                    new ShowCommand.Databases(commands.text(show.pattern));
            case TroupeSql.ShowTablesContext show ->
                    new ShowCommand.Tables(space(show.space), commands.text(show.pattern));
            case TroupeSql.ShowTableExtendedContext show ->
                    new ShowCommand.TablesExtended(space(show.space), commands.text(show.pattern));
            case TroupeSql.ShowViewsContext show ->
                    new ShowCommand.Views(space(show.space), commands.text(show.pattern));
            case TroupeSql.ShowColumnsContext show ->
                    new ShowCommand.Columns(
                            commands.name(show.table),
                            show.space == null ? null : Names.parts(show.space));
            case TroupeSql.ShowFunctionsContext show -> functions(show);
            case TroupeSql.ShowCreateTableContext show ->
                    new ShowCommand.CreateTable(commands.name(show.name));
            case TroupeSql.ShowPropertiesContext show ->
                    new ShowCommand.Properties(
                            commands.name(show.name),
                            show.key == null ? null : readers.relations().key(show.key));
            case TroupeSql.ShowPartitionsContext show ->
                    new ShowCommand.Partitions(
                            commands.name(show.name), commands.partition(show.partitionSpec()));
            case TroupeSql.ShowCatalogsContext show ->
                    new ShowCommand.Catalogs(commands.text(show.pattern));
            case TroupeSql.ShowCurrentContext ignored -> new ShowCommand.Current();
            default -> throw Readers.unknown(tree);
        };
    }

    private List<String> space(TroupeSql.TableNameContext tree) {
        return tree == null ? null : commands.name(tree);
    }

    private Command functions(TroupeSql.ShowFunctionsContext tree) {
        String scope = tree.scope == null ? "all" : Names.of(tree.scope).toLowerCase(Locale.ROOT);
        if (!List.of("all", "user", "system").contains(scope)) {
            throw readers.fail(
                    tree.scope,
                    "INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_SCOPE",
                    "42000",
                    "Invalid SQL syntax: SHOW `" + scope + "` FUNCTIONS not supported.",
                    "scope",
                    "`" + scope + "`");
        }
        String pattern =
                tree.function != null
                        ? String.join(".", Names.parts(tree.function))
                        : commands.text(tree.pattern);
        return new ShowCommand.Functions(scope, space(tree.space), pattern);
    }

    Command describe(TroupeSql.DescribeCommandContext tree) {
        return switch (tree) {
            case TroupeSql.DescribeFunctionContext describe -> function(describe);
            case TroupeSql.DescribeDatabaseContext describe ->
                    new DescribeCommand.Database(
                            commands.name(describe.name), describe.EXTENDED() != null);
            case TroupeSql.DescribeQueryContext describe ->
                    new DescribeCommand.Query(readers.queries().query(describe.query()));
            case TroupeSql.DescribeTableContext describe ->
                    new DescribeCommand.Table(
                            commands.name(describe.name),
                            describe.detail != null,
                            commands.partition(describe.partitionSpec()),
                            describe.column == null ? List.of() : Names.parts(describe.column),
                            describe.JSON() != null);
            default -> throw Readers.unknown(tree);
        };
    }

    private Command function(TroupeSql.DescribeFunctionContext tree) {
        boolean extended = tree.EXTENDED() != null;
        if (tree.name != null) {
            return new DescribeCommand.Function(Names.parts(tree.name), extended);
        }
        if (tree.text != null) {
            return new DescribeCommand.Function(List.of(commands.text(tree.text)), extended);
        }
        return new DescribeCommand.Function(
                List.of(tree.sign != null ? tree.sign.getText() : tree.mark.getText()), extended);
    }
}
