package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.translation.Translation;

/// Replaces calls of Python functions by built-in expressions that give the same for every row, so
/// that the other rules can work on them.
///
/// ```
/// Filter(is_large(a))   ->   Filter(a is not null and a > 10)
/// ```
public final class TranslatePython implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return context.translatePython()
                ? Plans.transformExpressions(plan, TranslatePython::translated)
                : plan;
    }

    private static Expression translated(Expression expression) {
        // Python computes each argument once, whether or not the function uses it. An expression
        // in its place would be computed as often as it stands there, or never: physical planning
        // makes such arguments columns first.
        return expression instanceof PythonCall call
                        && call.arguments().stream()
                                .allMatch(a -> a instanceof Attribute || a instanceof Literal)
                        && Translation.of(call) instanceof Translation.Whole whole
                ? whole.value()
                : expression;
    }
}
