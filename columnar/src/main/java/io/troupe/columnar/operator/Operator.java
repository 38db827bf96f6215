package io.troupe.columnar.operator;

import io.troupe.columnar.vector.Batch;

/// A running operator of one task. One thread calls it: `next` until it returns null, then `close`;
/// `close` may come at any time and more than once, closes the children, deletes spill files and
/// releases memory. A batch returned by `next` is the caller's to keep (operators never reuse its
/// arrays). An empty batch is never returned.
public interface Operator extends AutoCloseable {
    /// The next batch (at least one existing row), or null at the end.
    Batch next();

    @Override
    void close();
}
