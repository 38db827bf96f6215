package io.troupe.columnar.column;

import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

final class Decimal128ColumnBuilder extends ColumnBuilder {
    private long[] high = {};
    private long[] low = {};

    @Override
    long valueBytes() {
        return 16L * high.length;
    }

    @Override
    void reserve(int rows) {
        if (rows > high.length) {
            int capacity = grown(high.length, rows);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        Decimal128Vector decimals = (Decimal128Vector) source;
        long[] readHigh = decimals.high();
        long[] readLow = decimals.low();
        int signs = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            signs |= row;
            int safe = Math.max(row, 0);
            high[at + i] = readHigh[safe];
            low[at + i] = readLow[safe];
        }
        return signs < 0;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        Decimal128Vector decimals = (Decimal128Vector) source;
        System.arraycopy(decimals.high(), from, high, at, count);
        System.arraycopy(decimals.low(), from, low, at, count);
    }

    @Override
    void put(Object value, int at) {
        BigInteger unscaled = ((BigDecimal) value).unscaledValue();
        low[at] = unscaled.longValue();
        high[at] = unscaled.shiftRight(64).longValue();
    }

    @Override
    Vector take(int length, long[] validity) {
        Vector vector =
                new Decimal128Vector(
                        Arrays.copyOf(high, length), Arrays.copyOf(low, length), length, validity);
        high = new long[0];
        low = new long[0];
        return vector;
    }
}
