package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// How the rows of a planned operator are spread over tasks.
sealed interface Distribution {
    /// All rows in one task.
    record SingleTask() implements Distribution {}

    /// Rows with equal values of `keys` (in this order, by the engine's hash modulo `partitions`)
    /// are in the same task.
    record Hashed(List<Attribute> keys, int partitions) implements Distribution {}

    /// Nothing is promised.
    record Spread() implements Distribution {}

    Distribution SINGLE = new SingleTask();
    Distribution SPREAD = new Spread();

    /// Rows that agree on all of `groupings` are in one task.
    default boolean clusters(List<Attribute> groupings) {
        return switch (this) {
            case SingleTask _ -> true;
            case Hashed hashed -> !hashed.keys().isEmpty() && groupings.containsAll(hashed.keys());
            case Spread _ -> false;
        };
    }

    default boolean isSingle() {
        return this instanceof SingleTask;
    }
}
