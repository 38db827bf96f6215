package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Passes the last `count` rows.
public record Tail(LogicalPlan child, long count) implements LogicalPlan {
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
        return new Tail(children.getFirst(), count);
    }
}
