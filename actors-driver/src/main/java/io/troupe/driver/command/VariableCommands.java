package io.troupe.driver.command;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.SettingCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.Parameters;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Session variables, and EXECUTE IMMEDIATE.
final class VariableCommands {
    private final CommandSession session;

    VariableCommands(CommandSession session) {
        this.session = session;
    }

    Answer run(SettingCommand command) {
        switch (command) {
            case SettingCommand.DeclareVariable declare ->
                    declare.names().forEach(name -> declare(declare, name));
            case SettingCommand.SetVariables set -> {
                List<Literal> values = new ArrayList<>();
                for (int i = 0; i < set.names().size(); i++) {
                    values.add(value(set.values().get(i), existing(set.names().get(i)).type()));
                }
                assign(set.names(), values);
            }
            case SettingCommand.SetVariablesByQuery set ->
                    assignQuery(set.names(), session.analyze(set.query()));
            case SettingCommand.DropVariable drop -> drop(drop);
            default -> throw new IllegalStateException("not about variables: " + command);
        }
        return Answer.NOTHING;
    }

    private static String shown(List<String> name) {
        return "`system`.`session`." + CommandErrors.quoted(name.getLast());
    }

    private void declare(SettingCommand.DeclareVariable command, List<String> name) {
        String key = Warehouse.key(name.getLast());
        Map<String, Literal> local = session.catalog().scripts().innermost();
        Map<String, Literal> scope = local == null ? session.catalog().variables() : local;
        if (scope.containsKey(key) && !command.replace()) {
            throw TroupeException.analysis(
                    "VARIABLE_ALREADY_EXISTS",
                    "42723",
                    "Cannot create the variable "
                            + shown(name)
                            + " because it already exists.\n"
                            + "Choose a different name, or drop or replace the existing variable.",
                    Map.of("variableName", shown(name)));
        }
        scope.put(
                key,
                command.standard() == null
                        ? Literal.ofNull(command.type())
                        : value(command.standard(), command.type()));
    }

    /// Where the variable lives: in the running script or in the session.
    private Map<String, Literal> holder(List<String> name) {
        Map<String, Literal> local = session.catalog().scripts().holder(name);
        return local == null ? session.catalog().variables() : local;
    }

    private Literal existing(List<String> name) {
        Literal literal = holder(name).get(Warehouse.key(name.getLast()));
        if (literal == null) {
            throw CommandErrors.noVariable(name);
        }
        return literal;
    }

    /// Computes a constant expression; `type` null keeps its own type.
    Literal value(ParsedExpression expression, DataType type) {
        ParsedExpression converted =
                type == null
                        ? expression
                        : new ParsedExpression.Conversion(expression, type, false);
        LogicalPlan plan =
                session.analyze(
                        new ParsedPlan.Select(new ParsedPlan.NoTable(), List.of(converted)));
        return new Literal(
                session.collect(plan).getFirst().getFirst(), plan.output().getFirst().type());
    }

    private void assign(List<List<String>> names, List<Literal> values) {
        for (int i = 0; i < names.size(); i++) {
            holder(names.get(i)).put(Warehouse.key(names.get(i).getLast()), values.get(i));
        }
    }

    private void assignQuery(List<List<String>> names, LogicalPlan plan) {
        if (plan.output().size() != names.size()) {
            throw TroupeException.analysis(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "42802",
                    "The number of columns or variables assigned or aliased: "
                            + names.size()
                            + " does not match the number of source expressions: "
                            + plan.output().size()
                            + ".",
                    Map.of("numTarget", "" + names.size(), "numExpr", "" + plan.output().size()));
        }
        List<List<Object>> rows = session.collect(plan);
        if (rows.size() > 1) {
            throw new TroupeException(
                    TroupeException.Kind.SparkRuntimeException,
                    "ROW_SUBQUERY_TOO_MANY_ROWS",
                    "21000",
                    "More than one row returned by a subquery used as a row.",
                    Map.of());
        }
        List<Literal> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Literal old = existing(names.get(i));
            Object value = rows.isEmpty() ? null : rows.getFirst().get(i);
            DataType found = plan.output().get(i).type();
            values.add(
                    value == null || found.equals(old.type())
                            ? new Literal(value, old.type())
                            : value(
                                    new ParsedExpression.Constant(new Literal(value, found)),
                                    old.type()));
        }
        assign(names, values);
    }

    private void drop(SettingCommand.DropVariable command) {
        if (session.catalog().variables().remove(Warehouse.key(command.name().getLast())) == null
                && !command.ifExists()) {
            throw TroupeException.analysis(
                    "VARIABLE_NOT_FOUND",
                    "42883",
                    "The variable "
                            + shown(command.name())
                            + " cannot be found. Verify the spelling and correctness of the schema"
                            + " and catalog.\n"
                            + "If you did not qualify the name with a schema and catalog, verify"
                            + " the current_schema() output, or qualify the name with the correct"
                            + " schema and catalog.\n"
                            + "To tolerate the error on drop use DROP VARIABLE IF EXISTS.",
                    Map.of("variableName", shown(command.name())));
        }
    }

    /// Runs a text that is computed; its parameters are the values of USING.
    Answer execute(Command.ExecuteImmediate command, CommandRunner runner) {
        Object text = value(command.text(), null).value();
        if (!(text instanceof String sql)) {
            throw TroupeException.analysis(
                    "NULL_QUERY_STRING_EXECUTE_IMMEDIATE",
                    "22004",
                    "Execute immediate requires a non-null variable as the query string, but the"
                            + " provided variable is null.",
                    Map.of());
        }
        Map<String, ParsedExpression> named = new LinkedHashMap<>();
        List<ParsedExpression> positional = new ArrayList<>();
        for (ParsedExpression value : command.values()) {
            if (value instanceof ParsedExpression.Alias alias) {
                named.put(alias.names().getFirst(), alias.child());
            } else {
                positional.add(value);
            }
        }
        if (!named.isEmpty() && !positional.isEmpty()) {
            throw TroupeException.analysis(
                    "INVALID_QUERY_MIXED_QUERY_PARAMETERS",
                    "42613",
                    "Parameterized query must either use positional, or named parameters, but not"
                            + " both.",
                    Map.of());
        }
        Statement statement =
                SqlParser.parseStatement(
                        sql, session.parserSettings(), new Parameters(named, positional));
        return switch (statement) {
            case Statement.Execution execution -> runner.run(execution.command());
            case Statement.Query query -> {
                LogicalPlan plan = session.analyze(query.plan());
                if (command.variables().isEmpty()) {
                    yield new Answer.Query(plan);
                }
                assignQuery(command.variables(), plan);
                yield Answer.NOTHING;
            }
        };
    }
}
