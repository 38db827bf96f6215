package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Gives one row per projection for each input row (grouping sets, several distinct aggregates).
public record Expand(LogicalPlan child, List<List<Expression>> projections, List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Expand(children.getFirst(), projections, output);
    }
}
