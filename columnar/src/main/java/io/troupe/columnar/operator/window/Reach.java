package io.troupe.columnar.operator.window;

import java.util.function.Supplier;

/// Which rows of a partition the value of a row depends on; decides how a window column is computed
/// over a partition that does not fit into memory.
public sealed interface Reach {
    /// Any: the column's inputs of the whole partition are held.
    record Anywhere() implements Reach {}

    /// At most so many rows before and after.
    record Near(long before, long after) implements Reach {}

    /// All rows from the partition's start to the end of the row's step, so that one pass carries a
    /// state along.
    record Growing(Step step, Supplier<RunningValue> value) implements Reach {}

    /// The rows that share a value.
    enum Step {
        ROW,
        PEERS,
        PARTITION
    }
}
