package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Applies a semi join before the inner join above which it stands.
///
/// ```
/// (A join B) semi join S on A.x = S.x  →  (A semi join S) join B
/// ```
///
/// When A has no more rows than the inner join, for then it also compares fewer; or when the semi
/// join is expected to keep few of A's rows. A weak one is cheaper after an inner join that drops
/// rows.
public final class PushDownSemiJoins implements Rule {
    private static final double SELECTIVE = 0.3;

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        Estimator estimator = context.estimator();
        return Plans.transformDown(plan, node -> push(node, estimator));
    }

    private static LogicalPlan push(LogicalPlan plan, Estimator estimator) {
        if (!(plan instanceof Join semi)
                || semi.kind() != JoinKind.LEFT_SEMI
                || semi.condition() == null) {
            return plan;
        }
        if (!(semi.left() instanceof Join inner)
                || inner.kind() != JoinKind.INNER
                || inner.lateral()) {
            return plan;
        }
        Set<Attribute> read = new HashSet<>(Expressions.references(semi.condition()));
        read.removeAll(semi.right().output());
        boolean left = inner.left().output().containsAll(read);
        boolean right = inner.right().output().containsAll(read);
        if (!left && !right) {
            return plan;
        }
        LogicalPlan side = left ? inner.left() : inner.right();
        Join pushed = new Join(side, semi.right(), JoinKind.LEFT_SEMI, semi.condition());
        double before = estimator.estimate(side).rows();
        double share = estimator.estimate(pushed).rows() / Math.max(1, before);
        if (share > SELECTIVE && before > estimator.estimate(inner).rows()) {
            return plan;
        }
        return inner.withChildren(
                left ? List.of(pushed, inner.right()) : List.of(inner.left(), pushed));
    }
}
