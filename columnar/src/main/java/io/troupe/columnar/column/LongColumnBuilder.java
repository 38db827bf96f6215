package io.troupe.columnar.column;

import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;

final class LongColumnBuilder extends ColumnBuilder {
    private long[] values = {};

    @Override
    long valueBytes() {
        return 8L * values.length;
    }

    @Override
    void reserve(int rows) {
        if (rows > values.length) {
            values = Arrays.copyOf(values, grown(values.length, rows));
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        long[] read = ((LongVector) source).values();
        long[] write = values;
        int signs = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            signs |= row;
            write[at + i] = read[Math.max(row, 0)];
        }
        return signs < 0;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        System.arraycopy(((LongVector) source).values(), from, values, at, count);
    }

    @Override
    void put(Object value, int at) {
        values[at] =
                value instanceof BigDecimal decimal
                        ? decimal.unscaledValue().longValueExact()
                        : (Long) value;
    }

    @Override
    Vector take(int length, long[] validity) {
        long[] taken = values.length == length ? values : Arrays.copyOf(values, length);
        values = new long[0];
        return new LongVector(taken, length, validity);
    }
}
