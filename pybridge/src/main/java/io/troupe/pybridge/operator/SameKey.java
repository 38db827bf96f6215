package io.troupe.pybridge.operator;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.Objects;

/// Compares the key columns of two rows; nulls are equal.
final class SameKey {
    private final int[] positions;
    private final DataType[] types;

    SameKey(int[] positions, DataType[] types) {
        this.positions = positions;
        this.types = types;
    }

    /// The key columns of a batch, without dictionaries.
    Vector[] keys(Batch batch) {
        Vector[] keys = new Vector[positions.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Gather.flat(batch.column(positions[i]));
        }
        return keys;
    }

    boolean same(Vector[] left, int leftRow, Vector[] right, int rightRow) {
        for (int i = 0; i < left.length; i++) {
            if (!same(left[i], leftRow, right[i], rightRow, types[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(
            Vector left, int leftRow, Vector right, int rightRow, DataType type) {
        boolean leftNull = left.isNull(leftRow);
        if (leftNull || right.isNull(rightRow)) {
            return leftNull && right.isNull(rightRow);
        }
        if (left instanceof LongVector a && right instanceof LongVector b) {
            return a.values()[leftRow] == b.values()[rightRow];
        }
        if (left instanceof IntVector a && right instanceof IntVector b) {
            return a.values()[leftRow] == b.values()[rightRow];
        }
        if (left instanceof BytesVector a && right instanceof BytesVector b) {
            return Arrays.equals(
                    a.data(),
                    a.offsets()[leftRow],
                    a.offsets()[leftRow + 1],
                    b.data(),
                    b.offsets()[rightRow],
                    b.offsets()[rightRow + 1]);
        }
        return Objects.equals(Values.get(left, leftRow, type), Values.get(right, rightRow, type));
    }
}
