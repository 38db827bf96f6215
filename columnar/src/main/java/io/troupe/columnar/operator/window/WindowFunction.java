package io.troupe.columnar.operator.window;

import io.troupe.columnar.vector.Vector;

/// Computes one window column over a chunk. `arguments` are the columns of the function's inputs.
public interface WindowFunction {
    Vector evaluate(Chunk chunk, Vector[] arguments);

    /// What a value depends on.
    default Reach reach() {
        return new Reach.Anywhere();
    }

    /// The same function, whose reach is known.
    default WindowFunction reaching(Reach reach) {
        WindowFunction function = this;
        return new WindowFunction() {
            @Override
            public Vector evaluate(Chunk chunk, Vector[] arguments) {
                return function.evaluate(chunk, arguments);
            }

            @Override
            public Reach reach() {
                return reach;
            }
        };
    }
}
