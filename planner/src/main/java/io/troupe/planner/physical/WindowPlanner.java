package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Window;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Plans windows. Where a condition above keeps only the first rows of each partition, the others
/// are dropped before they are moved, and again before they are sorted:
///
/// ```
/// Filter rank <= k                Filter rank <= k
///   Window rank                     Window rank
///     child              →            GroupTop k
///                                       Exchange
///                                         GroupTop k
///                                           child
/// ```
final class WindowPlanner {
    /// The first `count` rows of each partition, by the ranking function `rank`.
    private record Top(PhysicalPlan.Rank rank, int count) {}

    private final PhysicalPlanner planner;

    WindowPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Planned plan(Window window) {
        return plan(window, null);
    }

    /// A window below a condition, without the condition.
    Planned below(Filter filter, Window window) {
        return plan(window, top(filter.condition(), window));
    }

    private Planned plan(Window window, Top top) {
        Planned child = planner.planned(window.child());
        List<Named> keys = new ArrayList<>();
        child = planner.computed(child, window.partitionBy(), keys);
        List<Attribute> attributes = keys.stream().map(Named::output).toList();
        Planned cut = cut(child, attributes, window, top);
        Planned clustered = planner.cluster(cut, attributes, planner.bytes(window.child()));
        if (clustered != cut) {
            clustered = cut(clustered, attributes, window, top);
        }
        PhysicalPlan plan =
                new PythonWindowPlanner(planner.context.ids())
                        .plan(clustered.plan(), attributes, window.orderBy(), window.columns());
        return new Planned(
                PhysicalPlanner.narrowed(plan, window.output()), clustered.distribution());
    }

    private static Planned cut(Planned child, List<Attribute> keys, Window window, Top top) {
        return top == null
                ? child
                : new Planned(
                        new PhysicalPlan.GroupTop(
                                child.plan(),
                                List.copyOf(keys),
                                window.orderBy(),
                                top.rank(),
                                top.count()),
                        child.distribution());
    }

    /// Null where rows behind the first ones matter: to a function that sees them, or because no
    /// conjunct bounds a rank from above.
    private static Top top(Expression condition, Window window) {
        for (WindowColumn column : window.columns()) {
            if (rank(column) == null) {
                return null;
            }
        }
        Top best = null;
        for (Expression part : Expressions.conjuncts(condition)) {
            for (WindowColumn column : window.columns()) {
                Long bound = bound(part, column.output());
                // No row has a rank below one; the condition itself drops them all then.
                if (bound != null && (best == null || bound < best.count())) {
                    int count = (int) Math.clamp(bound, 1, Integer.MAX_VALUE);
                    best = new Top(rank(column), count);
                }
            }
        }
        return window.orderBy().isEmpty() || best == null || best.count() == Integer.MAX_VALUE
                ? null
                : best;
    }

    private static PhysicalPlan.Rank rank(WindowColumn column) {
        return switch (column.call().function().function()) {
            case "row_number" -> PhysicalPlan.Rank.ROW_NUMBER;
            case "rank" -> PhysicalPlan.Rank.RANK;
            case "dense_rank" -> PhysicalPlan.Rank.DENSE_RANK;
            default -> null;
        };
    }

    /// The largest value that the condition lets the column have, null when it does not say.
    private static Long bound(Expression condition, Attribute column) {
        if (!(condition instanceof Call call) || call.arguments().size() < 2) {
            return null;
        }
        if (call.is("between")) {
            return isColumn(call.argument(0), column) ? whole(call.argument(2)) : null;
        }
        boolean columnFirst = isColumn(call.argument(0), column);
        if (!columnFirst && !isColumn(call.argument(1), column)) {
            return null;
        }
        Long constant = whole(call.argument(columnFirst ? 1 : 0));
        if (constant == null) {
            return null;
        }
        return switch (call.function()) {
            case "=", "==", "<=>" -> constant;
            case "<=" -> columnFirst ? constant : null;
            case "<" -> columnFirst ? Long.valueOf(constant - 1) : null;
            case ">=" -> columnFirst ? null : constant;
            case ">" -> columnFirst ? null : Long.valueOf(constant - 1);
            default -> null;
        };
    }

    /// The column, also widened.
    private static boolean isColumn(Expression expression, Attribute column) {
        return expression instanceof Cast cast
                ? isWhole(cast.type()) && isColumn(cast.child(), column)
                : expression instanceof Attribute attribute && attribute.id() == column.id();
    }

    private static Long whole(Expression expression) {
        return expression instanceof Literal literal
                        && isWhole(literal.type())
                        && literal.value() instanceof Number number
                        && number.longValue() > Long.MIN_VALUE
                ? number.longValue()
                : null;
    }

    private static boolean isWhole(DataType type) {
        return type.isIntegral();
    }
}
