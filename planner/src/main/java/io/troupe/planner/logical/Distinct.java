package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Removes duplicate rows.
public record Distinct(LogicalPlan child) implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        return child.output();
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Distinct(children.getFirst());
    }
}
