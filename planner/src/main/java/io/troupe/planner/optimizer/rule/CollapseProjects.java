package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes one projection of two, and drops those that change nothing.
///
/// ```
/// Project(c = b + 1) over Project(b = a * 2)  →  Project(c = a * 2 + 1)
/// ```
public final class CollapseProjects implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(plan, CollapseProjects::collapse);
    }

    private static LogicalPlan collapse(LogicalPlan plan) {
        if (!(plan instanceof Project upper)) {
            return plan;
        }
        Project merged =
                upper.child() instanceof Project lower && canMerge(upper, lower)
                        ? merge(upper, lower)
                        : upper;
        boolean nothing =
                merged.columns().stream().allMatch(Named::isPassThrough)
                        && merged.output().equals(merged.child().output());
        return nothing ? merged.child() : merged;
    }

    private static boolean canMerge(Project upper, Project lower) {
        Map<Attribute, Integer> uses = new HashMap<>();
        for (Named column : upper.columns()) {
            count(column.expression(), uses);
        }
        for (Named column : lower.columns()) {
            Expression expression = column.expression();
            boolean cheap = expression.children().isEmpty();
            // An expression computed once below and used twice above would be computed twice.
            if (!cheap && uses.getOrDefault(column.output(), 0) > 1) {
                return false;
            }
            if (!Expressions.isDeterministic(expression) || Expressions.hasPython(expression)) {
                return false;
            }
        }
        return true;
    }

    private static void count(Expression expression, Map<Attribute, Integer> uses) {
        if (expression instanceof Attribute attribute) {
            uses.merge(attribute, 1, Integer::sum);
        }
        expression.children().forEach(child -> count(child, uses));
    }

    private static Project merge(Project upper, Project lower) {
        Map<Attribute, Expression> definitions = new HashMap<>();
        lower.columns().forEach(column -> definitions.put(column.output(), column.expression()));
        List<Named> columns = new ArrayList<>();
        for (Named column : upper.columns()) {
            columns.add(
                    new Named(
                            column.output(),
                            Expressions.substitute(column.expression(), definitions)));
        }
        return new Project(lower.child(), columns);
    }
}
