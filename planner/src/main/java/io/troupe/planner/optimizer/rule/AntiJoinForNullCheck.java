package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sees that only rows without a match are wanted of an outer join.
///
/// ```
/// Filter(r.k is null, L left join R on L.k = R.k)  →  Project(L.*, null as r.…, L anti join R on L.k = R.k)
/// ```
///
/// Only when a matching row cannot have that null itself: the column is compared by the join, or is
/// never null in R.
public final class AntiJoinForNullCheck implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(plan, AntiJoinForNullCheck::rewrite);
    }

    private static LogicalPlan rewrite(LogicalPlan plan) {
        if (!(plan instanceof Filter filter)
                || !(filter.child() instanceof Join join)
                || join.kind() != JoinKind.LEFT
                || join.lateral()) {
            return plan;
        }
        Set<Attribute> proof = neverNullInAMatch(join);
        List<Expression> rest = new ArrayList<>();
        boolean found = false;
        for (Expression part : Expressions.conjuncts(filter.condition())) {
            boolean check =
                    part instanceof Call call
                            && call.is("isnull")
                            && call.argument(0) instanceof Attribute column
                            && proof.contains(column);
            found |= check;
            if (!check) {
                rest.add(part);
            }
        }
        if (!found) {
            return plan;
        }
        Join anti = new Join(join.left(), join.right(), JoinKind.LEFT_ANTI, join.condition());
        List<Named> columns = new ArrayList<>();
        join.left().output().forEach(column -> columns.add(Named.of(column)));
        for (Attribute column : join.output().subList(columns.size(), join.output().size())) {
            columns.add(new Named(column, Literal.ofNull(column.type())));
        }
        LogicalPlan padded = new Project(anti, columns);
        return rest.isEmpty() ? padded : new Filter(padded, Expressions.conjunction(rest));
    }

    private static Set<Attribute> neverNullInAMatch(Join join) {
        Set<Attribute> proof = new HashSet<>();
        for (Attribute column : join.right().output()) {
            if (!column.nullable()) {
                proof.add(column);
            }
        }
        for (Expression part : Expressions.conjuncts(join.condition())) {
            if (part instanceof Call call && call.is("=")) {
                for (Expression side : call.arguments()) {
                    if (side instanceof Attribute column
                            && join.right().output().contains(column)) {
                        proof.add(column);
                    }
                }
            }
        }
        return proof;
    }
}
