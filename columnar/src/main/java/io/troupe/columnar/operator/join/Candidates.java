package io.troupe.columnar.operator.join;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;

/// Checks pairs of rows with the residual condition.
final class Candidates {
    private final JoinOutput columns;
    private final VectorPredicate residual;

    /// Null shape.candidate(): every pair passes.
    Candidates(JoinShape shape) {
        columns = shape.candidate() == null ? null : new JoinOutput(shape.candidate());
        residual = shape.candidate() == null ? null : shape.residual().get();
    }

    boolean always() {
        return residual == null;
    }

    /// Keeps the pairs that pass, in place; returns how many.
    int keep(Vector[] probe, int[] probeRows, Vector[] build, int[] buildRows, int count) {
        if (residual == null || count == 0) {
            return count;
        }
        Batch pairs = columns.pairs(probe, probeRows, build, buildRows, count, false);
        int[] passed = new int[count];
        int kept = residual.select(pairs, null, count, passed);
        for (int i = 0; i < kept; i++) {
            probeRows[i] = probeRows[passed[i]];
            buildRows[i] = buildRows[passed[i]];
        }
        return kept;
    }
}
