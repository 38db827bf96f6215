package io.troupe.columnar.column;

import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import java.util.List;

final class ListColumnBuilder extends ColumnBuilder {
    private final ColumnBuilder elements;
    private int[] offsets = {0};

    ListColumnBuilder(ColumnBuilder elements) {
        this.elements = elements;
    }

    @Override
    long valueBytes() {
        return 4L * offsets.length + elements.bytes();
    }

    @Override
    void reserve(int rows) {
        if (rows + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, rows + 1));
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        ListVector lists = (ListVector) source;
        int[] starts = lists.offsets();
        boolean missing = false;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row < 0) {
                missing = true;
            } else if (!lists.isNull(row)) {
                elements.appendRange(lists.elements(), starts[row], starts[row + 1] - starts[row]);
            }
            offsets[at + i + 1] = elements.length();
        }
        return missing;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        ListVector lists = (ListVector) source;
        int[] starts = lists.offsets();
        int shift = elements.length() - starts[from];
        elements.appendRange(lists.elements(), starts[from], starts[from + count] - starts[from]);
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
        for (Object element : (List<?>) value) {
            elements.appendValue(element);
        }
        offsets[at + 1] = elements.length();
    }

    @Override
    Vector take(int length, long[] validity) {
        Vector vector =
                new ListVector(
                        Arrays.copyOf(offsets, length + 1), elements.build(), length, validity);
        offsets = new int[] {0};
        return vector;
    }
}
