package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.command.FunctionCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.SqlFunctionCall;
import java.util.List;
import java.util.Map;

/// CREATE and DROP of functions written in SQL.
final class FunctionCommands {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    FunctionCommands(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    Answer run(FunctionCommand command) {
        switch (command) {
            case FunctionCommand.Create create -> create(create);
            case FunctionCommand.Drop drop -> drop(drop);
        }
        return Answer.NOTHING;
    }

    private void create(FunctionCommand.Create command) {
        SqlFunction given = command.function();
        String last = given.name().getLast();
        SqlFunction existing =
                command.temporary()
                        ? session.catalog().sqlFunctions().get(Warehouse.key(last))
                        : warehouse.function(qualified(given.name()));
        if (existing != null && !command.replace()) {
            if (command.ifNotExists()) {
                return;
            }
            throw TroupeException.analysis(
                    "ROUTINE_ALREADY_EXISTS",
                    "42723",
                    "Cannot create the routine "
                            + CommandErrors.quoted(last)
                            + " because a routine of that name already exists.\nChoose a different"
                            + " name, drop or replace the existing routine, or add the IF NOT EXISTS clause to tolerate a pre-existing routine.",
                    Map.of(
                            "newRoutineType",
                            "routine",
                            "routineName",
                            CommandErrors.quoted(last),
                            "existingRoutineType",
                            "routine"));
        }
        SqlFunction named =
                named(given, command.temporary() ? List.of(last) : qualified(given.name()));
        SqlFunction typed = typed(named);
        if (command.temporary()) {
            session.catalog().sqlFunctions().put(Warehouse.key(last), typed);
        } else {
            names.existingDatabase(typed.name().get(1));
            warehouse.put(typed);
        }
    }

    private List<String> qualified(List<String> name) {
        TableNames.Qualified qualified = names.qualified(name);
        return List.of(
                Catalog.DEFAULT_CATALOG,
                Warehouse.key(qualified.database()),
                Warehouse.key(qualified.table()));
    }

    private static SqlFunction named(SqlFunction function, List<String> name) {
        return new SqlFunction(
                name,
                function.parameters(),
                function.returns(),
                function.body(),
                function.query(),
                function.comment());
    }

    /// Reads the body with NULLs for the parameters, so that a wrong one is refused here, and finds
    /// its type.
    private SqlFunction typed(SqlFunction function) {
        LogicalPlan plan =
                session.analyze(
                        new ParsedPlan.Select(
                                new ParsedPlan.NoTable(),
                                List.of(
                                        SqlFunctionCall.withNulls(
                                                function, session.parserSettings()))));
        return new SqlFunction(
                function.name(),
                function.parameters(),
                function.returns() == null ? plan.output().getFirst().type() : function.returns(),
                function.body(),
                function.query(),
                function.comment());
    }

    private void drop(FunctionCommand.Drop command) {
        String last = command.name().getLast();
        boolean dropped =
                command.temporary()
                        ? session.catalog().sqlFunctions().remove(Warehouse.key(last)) != null
                                || session.catalog().dropFunction(last)
                        : warehouse.dropFunction(qualified(command.name()));
        if (!dropped && !command.ifExists()) {
            TableNames.Qualified shown = names.qualified(command.name());
            throw CommandErrors.noRoutine(
                    command.temporary() ? List.of(last) : List.of(shown.database(), shown.table()));
        }
    }
}
