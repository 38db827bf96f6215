package io.troupe.columnar.column;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

final class BooleanColumnBuilder extends ColumnBuilder {
    private byte[] values = {};

    @Override
    long valueBytes() {
        return 1L * values.length;
    }

    @Override
    void reserve(int rows) {
        if (rows > values.length) {
            values = Arrays.copyOf(values, grown(values.length, rows));
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        byte[] read = ((BooleanVector) source).values();
        byte[] write = values;
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
        System.arraycopy(((BooleanVector) source).values(), from, values, at, count);
    }

    @Override
    void put(Object value, int at) {
        values[at] = (Boolean) value ? (byte) 1 : 0;
    }

    @Override
    Vector take(int length, long[] validity) {
        byte[] taken = values.length == length ? values : Arrays.copyOf(values, length);
        values = new byte[0];
        return new BooleanVector(taken, length, validity);
    }
}
