package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// The numbers from `start` (inclusive) to `end` (exclusive) by `step`, in `partitions` slices (0:
/// decided later).
public record Range(long start, long end, long step, int partitions, List<Attribute> output)
        implements LogicalPlan {
    /// How many numbers there are, exactly: the distance may exceed a `long`, so it is counted
    /// unsigned; at most `Long.MAX_VALUE`.
    public static long rows(long start, long end, long step) {
        if (step > 0 ? start >= end : start <= end) {
            return 0;
        }
        long distance = step > 0 ? end - start : start - end;
        long rows = Long.divideUnsigned(distance - 1, Math.abs(step)) + 1;
        return rows < 0 ? Long.MAX_VALUE : rows;
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
