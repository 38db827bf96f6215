package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds a cheaper order for inner joins: all orders of up to [JoinOrder#EXHAUSTIVE] inputs by
/// dynamic programming, greedily beyond; joins of more than [JoinOrder#MOST_INPUTS] stay as they
/// are. Cost is the sum of the intermediate results' rows. Conditions keep their place as soon as
/// their columns are there.
///
/// ```
/// Join(Join(big, bigger), tiny)  →  Join(Join(big, tiny), bigger)
/// ```
public final class ReorderJoins implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        if (plan instanceof Join join && isPlainInner(join)) {
            List<LogicalPlan> inputs = new ArrayList<>();
            List<Expression> conditions = new ArrayList<>();
            flatten(join, inputs, conditions);
            List<LogicalPlan> reordered =
                    inputs.stream().map(input -> apply(input, context)).toList();
            if (inputs.size() > 2
                    && inputs.size() <= JoinOrder.MOST_INPUTS
                    && inputs.stream().noneMatch(Hinted.class::isInstance)) {
                LogicalPlan best = new JoinOrder(reordered, conditions, context.estimator()).best();
                return PruneColumns.exactly(best, plan.output());
            }
            return rebuilt(join, reordered.iterator());
        }
        return Plans.mapChildren(plan, child -> apply(child, context));
    }

    private static boolean isPlainInner(Join join) {
        return join.kind() == JoinKind.INNER && !join.lateral();
    }

    private static void flatten(
            LogicalPlan plan, List<LogicalPlan> inputs, List<Expression> conditions) {
        if (plan instanceof Join join && isPlainInner(join)) {
            flatten(join.left(), inputs, conditions);
            flatten(join.right(), inputs, conditions);
            conditions.addAll(Expressions.conjuncts(join.condition()));
        } else {
            inputs.add(plan);
        }
    }

    private static LogicalPlan rebuilt(LogicalPlan plan, java.util.Iterator<LogicalPlan> inputs) {
        if (plan instanceof Join join && isPlainInner(join)) {
            LogicalPlan left = rebuilt(join.left(), inputs);
            return join.withChildren(List.of(left, rebuilt(join.right(), inputs)));
        }
        return inputs.next();
    }

    /// Columns of several plans.
    static Set<Attribute> columns(LogicalPlan... plans) {
        Set<Attribute> columns = new HashSet<>();
        for (LogicalPlan plan : plans) {
            columns.addAll(plan.output());
        }
        return columns;
    }
}
