package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds how far down a plan a semi join on some of its output columns can stand: through
/// projections, filters, groupings and window partitions by those columns, and into the side of a
/// join that they come from. On the way a column that is computed is given up, as long as one is
/// left.
final class ReductionPlace {
    /// Called where the walk ends. `keys` are the columns there, by position in the list that the
    /// walk began with; `belowCostly`: an aggregation or a window stands above.
    @FunctionalInterface
    interface Visitor {
        LogicalPlan at(LogicalPlan place, SortedMap<Integer, Attribute> keys, boolean belowCostly);
    }

    private final Visitor visitor;

    private ReductionPlace(Visitor visitor) {
        this.visitor = visitor;
    }

    /// The plan with the places replaced by what the visitor gives for them.
    static LogicalPlan walk(LogicalPlan plan, List<Attribute> keys, Visitor visitor) {
        SortedMap<Integer, Attribute> positions = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            positions.put(i, keys.get(i));
        }
        return new ReductionPlace(visitor).down(plan, positions, false);
    }

    private LogicalPlan down(
            LogicalPlan plan, SortedMap<Integer, Attribute> keys, boolean belowCostly) {
        return switch (plan) {
            case Project project ->
                    through(project, named(keys, project.columns()), keys, belowCostly, false);
            case Filter filter when Expressions.isDeterministic(filter.condition()) ->
                    through(filter, keys, keys, belowCostly, false);
            case Aggregation aggregation ->
                    through(
                            aggregation,
                            named(keys, aggregation.groupings()),
                            keys,
                            belowCostly,
                            true);
            case Window window ->
                    through(window, among(keys, window.partitionBy()), keys, belowCostly, true);
            case Join join when !join.lateral() -> join(join, keys, belowCostly);
            case Union union -> {
                List<LogicalPlan> children = new ArrayList<>();
                for (LogicalPlan child : union.children()) {
                    SortedMap<Integer, Attribute> own = new TreeMap<>();
                    keys.forEach((position, key) ->
                            own.put(position, child.output().get(union.output().indexOf(key))));
                    children.add(down(child, own, belowCostly));
                }
                yield union.withChildren(children);
            }
            default -> visitor.at(plan, keys, belowCostly);
        };
    }

    private LogicalPlan through(
            LogicalPlan plan,
            SortedMap<Integer, Attribute> below,
            SortedMap<Integer, Attribute> keys,
            boolean belowCostly,
            boolean costly) {
        return below.isEmpty()
                ? visitor.at(plan, keys, belowCostly)
                : plan.withChildren(
                        List.of(down(plan.children().getFirst(), below, belowCostly || costly)));
    }

    private LogicalPlan join(Join join, SortedMap<Integer, Attribute> keys, boolean belowCostly) {
        boolean left =
                switch (join.kind()) {
                    case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE ->
                            join.left().output().containsAll(keys.values());
                    case RIGHT, FULL -> false;
                };
        boolean right =
                switch (join.kind()) {
                    case INNER, RIGHT -> join.right().output().containsAll(keys.values());
                    case LEFT, FULL, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> false;
                };
        if (left) {
            return join.withChildren(List.of(down(join.left(), keys, belowCostly), join.right()));
        }
        return right
                ? join.withChildren(List.of(join.left(), down(join.right(), keys, belowCostly)))
                : visitor.at(join, keys, belowCostly);
    }

    private static SortedMap<Integer, Attribute> named(
            SortedMap<Integer, Attribute> keys, List<Named> columns) {
        SortedMap<Integer, Attribute> below = new TreeMap<>();
        for (Map.Entry<Integer, Attribute> key : keys.entrySet()) {
            for (Named column : columns) {
                if (column.output().equals(key.getValue())
                        && column.expression() instanceof Attribute source) {
                    below.put(key.getKey(), source);
                }
            }
        }
        return below;
    }

    private static SortedMap<Integer, Attribute> among(
            SortedMap<Integer, Attribute> keys, List<Expression> columns) {
        SortedMap<Integer, Attribute> below = new TreeMap<>(keys);
        below.values().removeIf(key -> !columns.contains(key));
        return below;
    }
}
