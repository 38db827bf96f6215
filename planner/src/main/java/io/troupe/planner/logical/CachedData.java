package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// A plan whose result is (or will be, lazily) kept in the executors' stores; `plan` recomputes it.
public record CachedData(long cacheId, LogicalPlan plan, List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of();
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return this;
    }
}
