package io.troupe.columnar.operator;

import io.troupe.columnar.vector.Vector;

/// What a join's build side tells a scan of the probe side: values that cannot match may be
/// dropped. Thread-safe, immutable.
public interface RuntimeFilter {
    /// Keeps the rows of `selection[0 .. count)` (all rows 0 .. count when `selection` is null)
    /// whose value may match; writes them to `result` in order and returns how many. Nulls never
    /// match.
    int apply(Vector values, int[] selection, int count, int[] result);

    /// Smallest and largest value that can match (engine literal form), null when unknown: for
    /// pruning row groups.
    Object minimum();

    Object maximum();

    /// Nothing can match: the build side is empty.
    boolean matchesNothing();
}
