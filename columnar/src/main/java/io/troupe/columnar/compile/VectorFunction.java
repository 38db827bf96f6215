package io.troupe.columnar.compile;

import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;

/// A compiled expression. Not thread-safe: each task compiles its own.
///
/// `evaluate` returns a vector of length `batch.rowCount()` aligned with the batch's rows; only the
/// rows `selection[0 .. count)` (rows 0 .. count when `selection` is null) are computed, others
/// hold anything. Errors (ANSI) are raised only for computed rows. The result may share arrays with
/// the batch.
public interface VectorFunction {
    Vector evaluate(Batch batch, int[] selection, int count);
}
