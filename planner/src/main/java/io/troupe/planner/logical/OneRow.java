package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// One row without columns: the input of a SELECT without FROM.
public record OneRow() implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        return List.of();
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of();
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return this;
    }
}
