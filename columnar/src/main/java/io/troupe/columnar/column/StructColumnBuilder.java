package io.troupe.columnar.column;

import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import java.util.List;

final class StructColumnBuilder extends ColumnBuilder {
    private final ColumnBuilder[] fields;

    StructColumnBuilder(ColumnBuilder[] fields) {
        this.fields = fields;
    }

    @Override
    long valueBytes() {
        long sum = 0;
        for (ColumnBuilder field : fields) {
            sum += field.bytes();
        }
        return sum;
    }

    @Override
    void reserve(int rows) {}

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        StructVector structs = (StructVector) source;
        for (int f = 0; f < fields.length; f++) {
            fields[f].append(structs.fields()[f], rows, from, count);
        }
        int signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= rows[from + i];
        }
        return signs < 0;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        StructVector structs = (StructVector) source;
        for (int f = 0; f < fields.length; f++) {
            fields[f].appendRange(structs.fields()[f], from, count);
        }
    }

    @Override
    void skip(int at, int count) {
        for (ColumnBuilder field : fields) {
            field.appendNulls(count);
        }
    }

    @Override
    void put(Object value, int at) {
        List<?> values = (List<?>) value;
        for (int f = 0; f < fields.length; f++) {
            fields[f].appendValue(values.get(f));
        }
    }

    @Override
    Vector take(int length, long[] validity) {
        Vector[] built = new Vector[fields.length];
        for (int f = 0; f < fields.length; f++) {
            built[f] = fields[f].build();
        }
        return new StructVector(built, length, validity);
    }
}
