package io.troupe.columnar.column;

import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

final class NullColumnBuilder extends ColumnBuilder {
    @Override
    long valueBytes() {
        return 0;
    }

    @Override
    void reserve(int rows) {}

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        return true;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {}

    @Override
    void put(Object value, int at) {
        throw new IllegalArgumentException("a void column holds nulls only, not " + value);
    }

    @Override
    Vector take(int length, long[] validity) {
        return new NullVector(length);
    }
}
