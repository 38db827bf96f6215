package io.troupe.columnar.column;

import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

final class DoubleColumnBuilder extends ColumnBuilder {
    private double[] values = {};

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
        double[] read = ((DoubleVector) source).values();
        double[] write = values;
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
        System.arraycopy(((DoubleVector) source).values(), from, values, at, count);
    }

    @Override
    void put(Object value, int at) {
        values[at] = (Double) value;
    }

    @Override
    Vector take(int length, long[] validity) {
        double[] taken = values.length == length ? values : Arrays.copyOf(values, length);
        values = new double[0];
        return new DoubleVector(taken, length, validity);
    }
}
