package io.troupe.columnar.sort;

import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Compares rows by several key columns. Not for hot loops over all rows; for ties and thresholds.
public final class RowComparator {
    private final SortKey[] keys;
    private final VectorComparator comparator = VectorComparator.natural();

    public RowComparator(List<SortKey> keys) {
        this.keys = keys.toArray(SortKey[]::new);
    }

    /// Compares row `i` of one set of key columns with row `j` of another.
    public int compare(Vector[] a, int i, Vector[] b, int j) {
        return compareFrom(0, a, i, b, j);
    }

    /// Compares by the keys from number `first` on.
    public int compareFrom(int first, Vector[] a, int i, Vector[] b, int j) {
        for (int k = first; k < keys.length; k++) {
            boolean left = a[k].isNull(i);
            boolean right = b[k].isNull(j);
            int order;
            if (left || right) {
                order = Boolean.compare(right, left);
                order = keys[k].nullsFirst() ? order : -order;
            } else {
                order = comparator.compare(a[k], i, b[k], j);
                order = keys[k].ascending() ? order : -order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
