package io.troupe.planner.physical;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import java.util.List;

/// How an exchange divides rows. Hash partitioning takes the engine's 32-bit hash of the keys
/// modulo `partitions`.
public sealed interface Partitioning {
    int partitions();

    record Single() implements Partitioning {
        @Override
        public int partitions() {
            return 1;
        }
    }

    record Hash(List<Expression> keys, int partitions) implements Partitioning {}

    /// Bounds are found by sampling the child when the stage starts.
    record Range(List<SortOrder> orders, int partitions) implements Partitioning {}

    /// The integer `id` modulo `partitions`; null goes to partition 0.
    record ById(Expression id, int partitions) implements Partitioning {}

    record RoundRobin(int partitions) implements Partitioning {}

    /// Every task of the reading stage sees all rows.
    record Broadcast() implements Partitioning {
        @Override
        public int partitions() {
            return 1;
        }
    }
}
