package io.troupe.planner.physical;

import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.AttributeIds;

/// What physical planning decides by. `slots`: tasks that can run at once; `broadcastBytes`:
/// largest build side that every executor gets whole (0: none); `shufflePartitions`: 0 for by size;
/// `singleTaskRows`: inputs up to this size are computed in one task; `translatePython`: whether
/// Python functions that are plain expressions are computed by built-in ones; `adaptive`: whether
/// tasks share exchanges by the sizes that they turn out to have.
public record PlanningContext(
        AttributeIds ids,
        Estimator estimator,
        int slots,
        long broadcastBytes,
        int shufflePartitions,
        long singleTaskRows,
        boolean translatePython,
        boolean adaptive) {
    /// Bytes of shuffled data that one reduce task should get.
    public static final long PARTITION_BYTES = 64L << 20;

    private static final int MAX_PARTITIONS = 10_000;

    int partitions(double bytes) {
        if (shufflePartitions > 0) {
            return shufflePartitions;
        }
        double wanted = Math.ceil(bytes / PARTITION_BYTES);
        return (int) Math.clamp(wanted, slots, MAX_PARTITIONS);
    }
}
