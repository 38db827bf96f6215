package io.troupe.planner.analysis;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Walks that also enter the plans of subquery expressions.
final class PlanWalks {
    private PlanWalks() {}

    /// Visits every expression node of the plan and of the plans nested in its expressions.
    static void expressions(LogicalPlan plan, Consumer<Expression> visitor) {
        Plans.expressions(plan).forEach(expression -> visit(expression, visitor));
        plan.children().forEach(child -> expressions(child, visitor));
    }

    /// Visits every node of the expression and of the plans nested in it.
    static void visit(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        if (expression instanceof Subquery subquery) {
            expressions((LogicalPlan) subquery.plan(), visitor);
        }
        expression.children().forEach(child -> visit(child, visitor));
    }

    /// Rewrites plan nodes bottom-up, those of nested plans too.
    static LogicalPlan transform(LogicalPlan plan, UnaryOperator<LogicalPlan> rule) {
        LogicalPlan withChildren = Plans.mapChildren(plan, child -> transform(child, rule));
        boolean nested =
                Plans.expressions(withChildren).stream().anyMatch(Expressions::hasSubquery);
        LogicalPlan renewed =
                nested
                        ? Plans.mapExpressions(
                                withChildren,
                                expression ->
                                        Expressions.transformUp(
                                                expression,
                                                node ->
                                                        node instanceof Subquery subquery
                                                                ? new Subquery(
                                                                        subquery.kind(),
                                                                        transform(
                                                                                (LogicalPlan)
                                                                                        subquery
                                                                                                .plan(),
                                                                                rule),
                                                                        subquery.values())
                                                                : node))
                        : withChildren;
        return rule.apply(renewed);
    }
}
