package io.troupe.planner.logical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Passes rows through and computes named metrics over them.
public record Observe(LogicalPlan child, String name, List<Aggregate> metrics)
        implements LogicalPlan {
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
        return new Observe(children.getFirst(), name, metrics);
    }
}
