package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.Vector;

/// The running values of one aggregate for groups 0, 1, 2 …, in arrays. One thread. `reserve` comes
/// before every `update` and `merge` whose groups are new. Group numbers may repeat within a call;
/// rows come in input order.
interface Accumulator {
    /// Makes room for groups below `groups`; new ones start empty.
    void reserve(int groups);

    /// Adds the rows `rows[0 .. count)` of the arguments to the groups `groups[0 .. count)`.
    void update(Vector[] arguments, int[] rows, int[] groups, int count);

    /// Adds intermediate states, columns as by [io.troupe.planner.function.AggregateState].
    void merge(Vector[] states, int[] rows, int[] groups, int count);

    /// The states of the groups `from` to `from + count`.
    Vector[] states(int from, int count);

    /// The results of the groups `from` to `from + count`.
    Vector result(int from, int count);

    /// Heap bytes held, about.
    long bytes();
}
