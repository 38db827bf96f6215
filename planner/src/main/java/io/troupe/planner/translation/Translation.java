package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.PythonBody;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.PythonTerm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What became of a call of a Python function.
public sealed interface Translation {
    /// A built-in expression gives what Python would, for every row.
    record Whole(Expression value) implements Translation {}

    /// A built-in expression gives what Python would where `holds` (null for everywhere) is true
    /// and where, if `nullsAreOpen`, its value is not null; other rows are Python's.
    record Mostly(Expression value, Expression holds, boolean nullsAreOpen)
            implements Translation {}

    /// Python runs it.
    record Kept(String reason) implements Translation {}

    /// PySpark's number of functions whose values pass between JVM and Python as Arrow.
    int ARROW_ROWS = 101;

    /// PySpark's number of functions whose values pass as pickles.
    int PICKLED_ROWS = 100;

    /// Why functions of whole columns stay in Python; findings know such a function by it.
    String MANY_ROWS = "it takes many rows at once";

    static Translation of(PythonCall call) {
        return call.function().evalType() == ARROW_ROWS
                        || call.function().evalType() == PICKLED_ROWS
                ? ofRows(call)
                : new Kept(MANY_ROWS);
    }

    /// The built-in expression that does much the same as a function of whole columns, to be
    /// proposed to its author; null for none.
    static Expression proposal(PythonCall call) {
        return switch (ofRows(call)) {
            case Whole whole -> whole.value();
            case Mostly mostly -> mostly.value();
            case Kept _ -> null;
        };
    }

    private static Translation ofRows(PythonCall call) {
        if (!call.function().deterministic()) {
            return new Kept("it was marked as not deterministic");
        }
        return switch (call.function().body()) {
            case PythonBody.Opaque opaque -> new Kept(opaque.reason());
            case PythonBody.Plain plain -> {
                try {
                    yield translated(call, plain);
                } catch (UntranslatableException reason) {
                    yield new Kept(reason.getMessage());
                }
            }
        };
    }

    private static Translation translated(PythonCall call, PythonBody.Plain body) {
        Checks checks = new Checks();
        Scope scope = bound(call, body, checks);
        boolean arrow = call.function().evalType() != PICKLED_ROWS;
        Returns returns = new Returns(call.function().returnType(), arrow);
        Part result = new Terms(checks).evaluate(body.term(), scope, returns::converted);
        Expression value = result.value();
        boolean nullsAreOpen = result.nulls() == Part.Nulls.FAILS;
        return checks.isEmpty() && !nullsAreOpen
                ? new Whole(value)
                : new Mostly(value, checks.isEmpty() ? null : checks.all(), nullsAreOpen);
    }

    private static Scope bound(PythonCall call, PythonBody.Plain body, Checks checks) {
        List<String> parameters = body.parameters();
        Set<Integer> given = new HashSet<>();
        Scope scope = Scope.empty();
        List<String> names = new ArrayList<>(call.argumentNames());
        for (int i = 0; i < call.arguments().size(); i++) {
            String name = i < names.size() ? names.get(i) : null;
            int place = name == null ? i : parameters.indexOf(name);
            if (place < 0 || place >= parameters.size() || !given.add(place)) {
                throw new UntranslatableException("it is not called as it is defined");
            }
            Part part = Arguments.part(call.arguments().get(i), checks);
            scope = scope.with(new PythonTerm.Argument(place), part);
        }
        int required = parameters.size() - body.defaults().size();
        for (int place = 0; place < parameters.size(); place++) {
            if (!given.contains(place)) {
                if (place < required) {
                    throw new UntranslatableException("it is not called as it is defined");
                }
                Part part = new Terms(checks).read(body.defaults().get(place - required), scope);
                scope = scope.with(new PythonTerm.Argument(place), part);
            }
        }
        return scope;
    }
}
