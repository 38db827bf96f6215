package io.troupe.columnar.operator.window;

import io.troupe.columnar.vector.Vector;

/// The state of a window column that one pass over a partition carries along. Used by one thread.
interface RunningValue {
    /// Where a step lies in its partition: rows `first` (inclusive, from 0) to `end` (exclusive),
    /// the step's `number` from 0, and the partition's `rows`.
    record Place(long first, long end, long number, long rows) {}

    /// Adds rows `from` to `to` (exclusive) of the columns of the function's inputs.
    void add(Vector[] arguments, int from, int to);

    /// The value of the step that the rows since the last call make up: one row.
    Vector value(Place place);
}
