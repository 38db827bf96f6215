package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// Whole or unscaled decimal numbers of any width, read as 128 bits.
public final class DecimalRows {
    private final int[] ints;
    private final long[] low;
    private final long[] high;

    private DecimalRows(int[] ints, long[] low, long[] high) {
        this.ints = ints;
        this.low = low;
        this.high = high;
    }

    public static DecimalRows of(Vector vector) {
        return switch (vector) {
            case Decimal128Vector wide -> new DecimalRows(null, wide.low(), wide.high());
            case LongVector longs -> new DecimalRows(null, longs.values(), null);
            case IntVector numbers -> new DecimalRows(numbers.values(), null, null);
            default -> throw new IllegalArgumentException(vector.getClass().getSimpleName());
        };
    }

    public long low(int row) {
        return ints == null ? low[row] : ints[row];
    }

    public long high(int row) {
        return high == null ? low(row) >> 63 : high[row];
    }
}
