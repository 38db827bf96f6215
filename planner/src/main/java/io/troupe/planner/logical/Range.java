package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// The numbers from `start` (inclusive) to `end` (exclusive) by `step`, in `partitions` slices (0:
/// decided later).
public record Range(long start, long end, long step, int partitions, List<Attribute> output)
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
