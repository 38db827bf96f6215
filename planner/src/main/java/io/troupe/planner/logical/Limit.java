package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Skips `offset` rows, then passes `count` rows (`NO_LIMIT` for all).
public record Limit(LogicalPlan child, long count, long offset) implements LogicalPlan {
    public static final long NO_LIMIT = Long.MAX_VALUE;

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
        return new Limit(children.getFirst(), count, offset);
    }
}
