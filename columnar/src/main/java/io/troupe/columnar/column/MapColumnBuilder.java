package io.troupe.columnar.column;

import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class MapColumnBuilder extends ColumnBuilder {
    private final ColumnBuilder keys;
    private final ColumnBuilder values;
    private int[] offsets = {0};

    MapColumnBuilder(ColumnBuilder keys, ColumnBuilder values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    long valueBytes() {
        return 4L * offsets.length + keys.bytes() + values.bytes();
    }

    @Override
    void reserve(int rows) {
        if (rows + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, rows + 1));
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        MapVector maps = (MapVector) source;
        boolean missing = false;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row < 0) {
                missing = true;
            } else if (!maps.isNull(row)) {
                appendEntries(maps, maps.offsets()[row], maps.offsets()[row + 1]);
            }
            offsets[at + i + 1] = keys.length();
        }
        return missing;
    }

    private void appendEntries(MapVector maps, int from, int to) {
        keys.appendRange(maps.keys(), from, to - from);
        values.appendRange(maps.values(), from, to - from);
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        MapVector maps = (MapVector) source;
        int[] starts = maps.offsets();
        int shift = keys.length() - starts[from];
        appendEntries(maps, starts[from], starts[from + count]);
        for (int i = 1; i <= count; i++) {
            offsets[at + i] = starts[from + i] + shift;
        }
    }

    @Override
    void skip(int at, int count) {
        Arrays.fill(offsets, at + 1, at + count + 1, offsets[at]);
    }

    @Override
    void put(Object value, int at) {
        for (Object entry : (List<?>) value) {
            keys.appendValue(((Map.Entry<?, ?>) entry).getKey());
            values.appendValue(((Map.Entry<?, ?>) entry).getValue());
        }
        offsets[at + 1] = keys.length();
    }

    @Override
    Vector take(int length, long[] validity) {
        Vector vector =
                new MapVector(
                        Arrays.copyOf(offsets, length + 1),
                        keys.build(),
                        values.build(),
                        length,
                        validity);
        offsets = new int[] {0};
        return vector;
    }
}
