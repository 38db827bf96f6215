package io.troupe.driver.command;

import io.troupe.planner.catalog.ScriptScopes;
import io.troupe.planner.command.Command;
import io.troupe.planner.command.ScriptStep;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs an SQL script step by step; its answer is that of the last query that it ran. Every query
/// runs when its turn comes, so that later steps do not change it and its failures meet the
/// script's handlers.
final class ScriptRunner {
    /// How a step ended: `label` null goes on with the next step.
    private record Ending(String label, boolean again) {
        static final Ending NEXT = new Ending(null, false);

        boolean isNext() {
            return label == null;
        }
    }

    /// Leaves the block of a handler; no script can write it.
    private static final String HANDLED = "<handled>";

    private final CommandSession session;
    private final VariableCommands variables;
    private final CommandRunner runner;
    private final ScriptScopes scopes;
    private Answer answer = Answer.NOTHING;

    ScriptRunner(CommandSession session, VariableCommands variables, CommandRunner runner) {
        this.session = session;
        this.variables = variables;
        this.runner = runner;
        this.scopes = session.catalog().scripts();
    }

    Answer run(Command.Script script) {
        block(script.body());
        return answer;
    }

    private Ending block(ScriptStep.Block block) {
        return scopes.within(
                block.label(),
                new HashMap<>(),
                () -> {
                    for (ScriptStep step : block.steps()) {
                        Ending ending = guarded(step, block);
                        if (!ending.isNext()) {
                            boolean ours =
                                    ending.label().equals(HANDLED)
                                            || ending.label().equals(block.label());
                            return ours ? Ending.NEXT : ending;
                        }
                    }
                    return Ending.NEXT;
                });
    }

    private Ending guarded(ScriptStep step, ScriptStep.Block block) {
        if (block.handlers().isEmpty()) {
            return step(step);
        }
        try {
            return step(step);
        } catch (TroupeException failure) {
            ScriptStep.Handler handler = handler(block, failure);
            if (handler == null) {
                throw failure;
            }
            Ending ending = step(handler.body());
            return ending.isNext() && handler.exits() ? new Ending(HANDLED, false) : ending;
        }
    }

    /// The most specific handler: by condition, then by SQLSTATE, then for all.
    private static ScriptStep.Handler handler(ScriptStep.Block block, TroupeException failure) {
        String condition = failure.condition().toUpperCase(Locale.ROOT);
        String state = failure.sqlState() == null ? "" : failure.sqlState();
        String broad =
                condition.contains(".") ? condition.substring(0, condition.indexOf('.')) : "";
        for (String wanted : List.of(condition, broad)) {
            for (ScriptStep.Handler handler : block.handlers()) {
                if (handler.conditions().contains(wanted)) {
                    return handler;
                }
            }
        }
        for (ScriptStep.Handler handler : block.handlers()) {
            boolean named =
                    handler.conditions().stream()
                            .anyMatch(name -> state.equals(block.conditions().get(name)));
            if (named || handler.conditions().contains(state)) {
                return handler;
            }
        }
        String general =
                state.startsWith("02")
                        ? ScriptStep.Handler.NOT_FOUND
                        : ScriptStep.Handler.ANY_EXCEPTION;
        return block.handlers().stream()
                .filter(handler -> handler.conditions().contains(general))
                .findFirst()
                .orElse(null);
    }

    private Ending steps(List<ScriptStep> steps) {
        for (ScriptStep step : steps) {
            Ending ending = step(step);
            if (!ending.isNext()) {
                return ending;
            }
        }
        return Ending.NEXT;
    }

    private Ending step(ScriptStep step) {
        return switch (step) {
            case ScriptStep.Block block -> block(block);
            case ScriptStep.Run run -> {
                Answer given = runner.run(run.command());
                if (given != Answer.NOTHING) {
                    answer = given;
                }
                yield Ending.NEXT;
            }
            case ScriptStep.Ask ask -> {
                answer = rows(session.analyze(ask.query()));
                yield Ending.NEXT;
            }
            case ScriptStep.Choice choice -> choice(choice);
            case ScriptStep.Loop loop -> loop(loop);
            case ScriptStep.ForEach loop -> forEach(loop);
            case ScriptStep.Leave leave -> new Ending(leave.label(), false);
            case ScriptStep.Iterate iterate -> new Ending(iterate.label(), true);
        };
    }

    private Answer rows(LogicalPlan plan) {
        List<StructField> fields =
                plan.output().stream()
                        .map(column ->
                                new StructField(column.name(), column.type(), column.nullable()))
                        .toList();
        return new Answer.Rows(new StructType(fields), session.collect(plan));
    }

    private Ending choice(ScriptStep.Choice choice) {
        for (ScriptStep.Branch branch : choice.branches()) {
            if (isTrue(branch)) {
                return steps(branch.steps());
            }
        }
        return steps(choice.otherwise());
    }

    private Ending loop(ScriptStep.Loop loop) {
        while (loop.before() == null || isTrue(loop.before())) {
            Ending ending = steps(loop.steps());
            if (leaves(ending, loop.label())) {
                return beyond(ending, loop.label());
            }
            if (loop.until() != null && isTrue(loop.until())) {
                break;
            }
        }
        return Ending.NEXT;
    }

    private Ending forEach(ScriptStep.ForEach loop) {
        LogicalPlan plan = session.analyze(loop.query());
        for (List<Object> row : session.collect(plan)) {
            Map<String, Literal> columns = new HashMap<>();
            for (int i = 0; i < row.size(); i++) {
                Attribute column = plan.output().get(i);
                columns.put(
                        column.name().toLowerCase(Locale.ROOT),
                        new Literal(row.get(i), column.type()));
            }
            Ending ending = scopes.within(loop.variable(), columns, () -> steps(loop.steps()));
            if (leaves(ending, loop.label())) {
                return beyond(ending, loop.label());
            }
        }
        return Ending.NEXT;
    }

    private static boolean leaves(Ending ending, String label) {
        return !ending.isNext() && !(ending.again() && ending.label().equals(label));
    }

    private static Ending beyond(Ending ending, String label) {
        return ending.label().equals(label) ? Ending.NEXT : ending;
    }

    private boolean isTrue(ScriptStep.Branch branch) {
        Literal value = variables.value(branch.condition(), null);
        if (value.type() != AtomicType.BOOLEAN) {
            throw TroupeException.analysis(
                    "INVALID_BOOLEAN_STATEMENT",
                    "22546",
                    "Boolean statement is expected in the condition, but "
                            + branch.text()
                            + " was found.",
                    Map.of("invalidStatement", branch.text()));
        }
        return Boolean.TRUE.equals(value.value());
    }
}
