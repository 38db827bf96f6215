package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// All rows of all children, by position; types already agree. `output` has ids of its own.
public record Union(List<LogicalPlan> children, List<Attribute> output) implements LogicalPlan {
    public Union {
        children = List.copyOf(children);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Union(children, output);
    }
}
