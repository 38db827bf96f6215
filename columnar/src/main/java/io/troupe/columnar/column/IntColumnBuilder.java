package io.troupe.columnar.column;

import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

final class IntColumnBuilder extends ColumnBuilder {
    private int[] values = {};

    @Override
    long valueBytes() {
        return 4L * values.length;
    }

    @Override
    void reserve(int rows) {
        if (rows > values.length) {
            values = Arrays.copyOf(values, grown(values.length, rows));
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        int[] read = ((IntVector) source).values();
        int[] write = values;
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
        System.arraycopy(((IntVector) source).values(), from, values, at, count);
    }

    @Override
    void put(Object value, int at) {
        values[at] = ((Number) value).intValue();
    }

    @Override
    Vector take(int length, long[] validity) {
        int[] taken = values.length == length ? values : Arrays.copyOf(values, length);
        values = new int[0];
        return new IntVector(taken, length, validity);
    }
}
