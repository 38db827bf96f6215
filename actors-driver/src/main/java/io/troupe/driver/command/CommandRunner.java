package io.troupe.driver.command;

import io.troupe.planner.command.CacheCommand;
import io.troupe.planner.command.Command;
import io.troupe.planner.command.DatabaseCommand;
import io.troupe.planner.command.DescribeCommand;
import io.troupe.planner.command.FunctionCommand;
import io.troupe.planner.command.RowsCommand;
import io.troupe.planner.command.SettingCommand;
import io.troupe.planner.command.ShowCommand;
import io.troupe.planner.command.TableCommand;
import io.troupe.planner.command.ViewCommand;
import java.util.List;

/// Executes the commands of one session. Not thread-safe: a session runs one command at a time.
public final class CommandRunner {
    private final CommandSession session;
    private final DatabaseCommands databases;
    private final TableCommands tables;
    private final ViewCommands views;
    private final FunctionCommands functions;
    private final InsertCommands rows;
    private final ShowCommands shows;
    private final DescribeCommands descriptions;
    private final SettingCommands settings;
    private final VariableCommands variables;
    private final CacheCommands caches;

    public CommandRunner(CommandSession session, Warehouse warehouse) {
        this.session = session;
        TableNames names = new TableNames(warehouse, session.catalog());
        this.databases = new DatabaseCommands(session, warehouse, names);
        this.rows = new InsertCommands(session, names);
        this.tables =
                new TableCommands(
                        session, warehouse, names, new AlterTables(session, warehouse, names));
        this.views = new ViewCommands(session, warehouse, names);
        this.functions = new FunctionCommands(session, warehouse, names);
        this.shows = new ShowCommands(session, warehouse, names);
        this.descriptions = new DescribeCommands(session, warehouse, names);
        this.settings = new SettingCommands(session);
        this.variables = new VariableCommands(session);
        this.caches = new CacheCommands(session, names);
    }

    /// @throws io.troupe.planner.error.TroupeException what the command is refused for
    public Answer run(Command command) {
        return switch (command) {
            case Command.Explain explain -> explain(explain);
            case Command.ExecuteImmediate execute -> variables.execute(execute, this);
            case Command.Script script -> new ScriptRunner(session, variables, this).run(script);
            case DatabaseCommand of -> databases.run(of);
            case TableCommand of -> tables.run(of);
            case ViewCommand of -> views.run(of);
            case FunctionCommand of -> functions.run(of);
            case RowsCommand of -> rows.run(of);
            case ShowCommand of -> shows.run(of);
            case DescribeCommand of -> descriptions.run(of);
            case SettingCommand of -> isVariable(of) ? variables.run(of) : settings.run(of);
            case CacheCommand of -> caches.run(of);
        };
    }

    private static boolean isVariable(SettingCommand command) {
        return switch (command) {
            case SettingCommand.Set ignored -> false;
            case SettingCommand.Show ignored -> false;
            case SettingCommand.Reset ignored -> false;
            default -> true;
        };
    }

    private Answer explain(Command.Explain command) {
        String text =
                command.query() != null
                        ? session.explain(session.analyze(command.query()), command.mode())
                        : "== Physical Plan ==\nExecute "
                                + command.command().getClass().getSimpleName()
                                + "Command\n\n";
        return new Answer.Rows(Answer.schema("plan?"), List.of(List.of(text)));
    }
}
