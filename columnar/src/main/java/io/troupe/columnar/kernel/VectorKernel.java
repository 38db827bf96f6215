package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.Vector;

/// A function over whole columns. `arguments` have `rows.length()` rows each, dictionary-coded or
/// flat; the result has as many, with the selected ones computed. A kernel belongs to one task: it
/// may keep buffers between calls, never results. A strict kernel is not called with an argument
/// that is null in every row.
@FunctionalInterface
public interface VectorKernel {
    Vector apply(Vector[] arguments, Rows rows);
}
