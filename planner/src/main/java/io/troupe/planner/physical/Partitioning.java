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

    /// By order: all rows of a partition come before those of the next one. Bounds are taken from
    /// the sample that the exchange `bounds` broadcasts: rows of the sort keys, in order.
    record Range(List<SortOrder> orders, int partitions, int bounds) implements Partitioning {}

    /// Rows stay where they are, for tasks that read them by producer.
    record Unmoved() implements Partitioning {
        @Override
        public int partitions() {
            return 1;
        }
    }

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
