package io.troupe.columnar.compile;

import io.troupe.columnar.vector.Batch;

/// A compiled condition. `select` writes the rows of `selection[0 .. count)` (rows 0 .. count when
/// null) for which it is true to `result` (length ≥ count; may be the same array as `selection`),
/// in order, and returns how many.
public interface VectorPredicate {
    int select(Batch batch, int[] selection, int count, int[] result);
}
