package io.troupe.planner.optimizer.rule;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes Python functions out of join conditions, which the join itself evaluates and which so must
/// be built-in: a call over one side's columns becomes a column of that side, a condition that
/// calls over both sides becomes a filter above an inner join.
///
/// ```
/// Join on f(a) = b      Project (columns of both)
///   left            ->    Join on f = b
///   right                   Project a, f(a)
///                             left
///                           right
/// ```
public final class ExtractPythonFromJoins implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(
                plan,
                node ->
                        node instanceof Join join
                                        && join.condition() != null
                                        && Expressions.hasPython(join.condition())
                                ? extracted(join, context.ids())
                                : node);
    }

    private static LogicalPlan extracted(Join join, AttributeIds ids) {
        List<Named> left = new ArrayList<>();
        List<Named> right = new ArrayList<>();
        List<Expression> kept = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        Set<Attribute> leftColumns = new HashSet<>(join.left().output());
        Set<Attribute> rightColumns = new HashSet<>(join.right().output());
        for (Expression part : Expressions.conjuncts(join.condition())) {
            Expression replaced =
                    Expressions.transformDown(
                            part,
                            node -> {
                                if (!(node instanceof PythonCall call)) {
                                    return node;
                                }
                                Set<Attribute> read = Expressions.references(call);
                                List<Named> side =
                                        leftColumns.containsAll(read)
                                                ? left
                                                : rightColumns.containsAll(read) ? right : null;
                                return side == null ? call : column(call, side, ids);
                            });
            (Expressions.hasPython(replaced) ? above : kept).add(replaced);
        }
        // Rows that an outer join would keep without a partner cannot be told by a filter.
        if (!above.isEmpty() && join.kind() != JoinKind.INNER) {
            throw unsupported(join.kind());
        }
        LogicalPlan joined =
                new Join(
                        with(join.left(), left),
                        with(join.right(), right),
                        join.kind(),
                        kept.isEmpty() ? null : Expressions.conjunction(kept),
                        join.exists(),
                        join.lateral());
        LogicalPlan filtered =
                above.isEmpty() ? joined : new Filter(joined, Expressions.conjunction(above));
        return filtered.output().equals(join.output())
                ? filtered
                : new Project(filtered, join.output().stream().map(Named::of).toList());
    }

    private static Attribute column(PythonCall call, List<Named> side, AttributeIds ids) {
        Attribute made = ids.attribute(call.function().name(), call.type(), true);
        side.add(new Named(made, call));
        return made;
    }

    private static LogicalPlan with(LogicalPlan child, List<Named> added) {
        if (added.isEmpty()) {
            return child;
        }
        List<Named> columns = new ArrayList<>(child.output().stream().map(Named::of).toList());
        columns.addAll(added);
        return new Project(child, columns);
    }

    private static TroupeException unsupported(JoinKind kind) {
        String shown =
                switch (kind) {
                    case LEFT -> "LEFT OUTER";
                    case RIGHT -> "RIGHT OUTER";
                    case FULL -> "FULL OUTER";
                    default -> kind.name().replace('_', ' ');
                };
        return TroupeException.analysis(
                "UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE",
                "0A000",
                "The feature is not supported: Python UDF in the ON clause of a "
                        + shown
                        + " JOIN. In case of an INNER JOIN consider rewriting to a CROSS JOIN with a WHERE clause.",
                Map.of("joinType", shown));
    }
}
