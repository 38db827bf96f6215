package io.troupe.columnar.compile;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;

/// Columns of constants.
public final class Literals {
    private Literals() {}

    /// A column with the literal value in each of `length` rows.
    public static Vector vector(Object value, DataType type, int length) {
        return Columns.constant(value, type, length);
    }
}
