package io.troupe.planner.analysis;

import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.LogicalPlan;

/// Makes expressions comparable that hold queries: the same text analysed twice gives columns of
/// different identity inside, which do not matter outside.
final class SubqueryShape {
    private SubqueryShape() {}

    /// The expression with the columns of its queries numbered in the order of their appearance;
    /// itself without queries. Never to be run.
    static Expression of(Expression expression) {
        if (!Expressions.hasSubquery(expression)) {
            return expression;
        }
        return Expressions.transformUp(
                expression,
                node ->
                        node instanceof Subquery subquery
                                ? new Subquery(
                                        subquery.kind(),
                                        FreshCopy.of(
                                                        (LogicalPlan) subquery.plan(),
                                                        AttributeIds.from(Long.MIN_VALUE))
                                                .plan(),
                                        subquery.values())
                                : node);
    }
}
