package io.troupe.planner.explain;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.translation.Translation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// For each Python function that a query calls, whether built-in expressions stand in for it.
public final class PythonNotes {
    private PythonNotes() {}

    /// A section for `explain`, empty when the query calls none.
    public static String text(LogicalPlan plan, boolean translated) {
        String lines = lines(plan, translated);
        return lines.isEmpty() ? "" : "\n== Python Functions ==\n" + lines;
    }

    /// A line for each call, which begins with the function's name and a parenthesis.
    ///
    /// @param plan the analysed plan, which still has all calls
    public static String lines(LogicalPlan plan, boolean translated) {
        Set<PythonCall> calls = new LinkedHashSet<>();
        Plans.forEach(
                plan,
                node -> Plans.expressions(node).forEach(expression -> collect(expression, calls)));
        return calls.stream()
                .map(call -> line(call, translated) + "\n")
                .distinct()
                .collect(Collectors.joining());
    }

    private static void collect(Expression expression, Set<PythonCall> calls) {
        if (expression instanceof PythonCall call) {
            calls.add(call);
        }
        expression.children().forEach(child -> collect(child, calls));
    }

    private static String proposal(PythonCall call) {
        Expression builtIn = Translation.proposal(call);
        return builtIn == null ? "" : "; the built-in would do: " + ExpressionText.of(builtIn);
    }

    private static String line(PythonCall call, boolean translated) {
        String name = ExpressionText.of(call);
        if (!translated
                && !Translation.of(call).equals(new Translation.Kept(Translation.MANY_ROWS))) {
            return name + " runs in Python: spark.troupe.udf.translate is false" + proposal(call);
        }
        return switch (Translation.of(call)) {
            case Translation.Whole whole ->
                    name + " is translated to " + ExpressionText.of(whole.value());
            case Translation.Mostly mostly ->
                    name
                            + " is translated to "
                            + ExpressionText.of(mostly.value())
                            + "; Python gets the rows where "
                            + (mostly.nullsAreOpen() ? "that is null" : "")
                            + (mostly.nullsAreOpen() && mostly.holds() != null ? " or " : "")
                            + (mostly.holds() == null
                                    ? ""
                                    : "not " + ExpressionText.of(mostly.holds()));
            case Translation.Kept kept ->
                    name + " runs in Python: " + kept.reason() + proposal(call);
        };
    }
}
