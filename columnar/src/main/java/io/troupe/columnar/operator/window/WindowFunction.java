package io.troupe.columnar.operator.window;

import io.troupe.columnar.vector.Vector;

/// Computes one window column over a chunk. `arguments` are the columns of the function's inputs.
public interface WindowFunction {
    Vector evaluate(Chunk chunk, Vector[] arguments);
}
