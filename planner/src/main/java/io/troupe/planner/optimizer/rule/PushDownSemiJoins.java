package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Applies a semi join before the joins above which it stands.
///
/// ```
/// (A join B) semi join S on A.x = S.x  →  (A semi join S) join B
/// ```
///
/// When A has no more rows than the join, for then it also compares fewer; or when the semi join is
/// expected to keep few of A's rows. A weak one is cheaper after a join that drops rows. Of an
/// outer join, only into the side that it preserves.
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
        LogicalPlan pushed =
                into(
                        semi.left(),
                        semi,
                        semi.condition(),
                        estimator.estimate(semi.left()).rows(),
                        estimator);
        return pushed == null ? plan : pushed;
    }

    /// `child` with the semi join further down, null when it had better stand above.
    private static LogicalPlan into(
            LogicalPlan child, Join semi, Expression condition, double rows, Estimator estimator) {
        if (child instanceof Project project) {
            Expression below = below(project, semi, condition);
            LogicalPlan pushed =
                    below == null ? null : into(project.child(), semi, below, rows, estimator);
            return pushed == null ? null : project.withChildren(List.of(pushed));
        }
        if (!(child instanceof Join join) || join.lateral()) {
            return null;
        }
        Set<Attribute> read = new HashSet<>(Expressions.references(condition));
        semi.right().output().forEach(read::remove);
        boolean left = preservesLeft(join.kind()) && join.left().output().containsAll(read);
        boolean right =
                (join.kind() == JoinKind.INNER || join.kind() == JoinKind.RIGHT)
                        && join.right().output().containsAll(read);
        if (!left && !right) {
            return null;
        }
        LogicalPlan side = left ? join.left() : join.right();
        LogicalPlan further = into(side, semi, condition, rows, estimator);
        if (further == null) {
            further = new Join(side, semi.right(), JoinKind.LEFT_SEMI, condition);
            double before = estimator.estimate(side).rows();
            double share = estimator.estimate(further).rows() / Math.max(1, before);
            if (share > SELECTIVE && before > rows) {
                return null;
            }
        }
        return join.withChildren(
                left ? List.of(further, join.right()) : List.of(join.left(), further));
    }

    private static boolean preservesLeft(JoinKind kind) {
        return switch (kind) {
            case INNER, LEFT, LEFT_ANTI, EXISTENCE -> true;
            // Two semi joins keep the order that they have.
            case LEFT_SEMI, NULL_AWARE_ANTI, RIGHT, FULL -> false;
        };
    }

    /// The condition over the projection's input, null when it reads a computed column.
    private static Expression below(Project project, Join semi, Expression condition) {
        Map<Attribute, Expression> sources = new HashMap<>();
        for (Named column : project.columns()) {
            if (column.expression() instanceof Attribute) {
                sources.put(column.output(), column.expression());
            }
        }
        Set<Attribute> read = new HashSet<>(Expressions.references(condition));
        semi.right().output().forEach(read::remove);
        return sources.keySet().containsAll(read)
                ? Expressions.substitute(condition, sources)
                : null;
    }
}
