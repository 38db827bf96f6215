package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;

/// The n-th value from the partition's start, or the last one so far (`n` 0); null while there are
/// fewer.
final class PickedRow implements RunningValue {
    private final int n;
    private final boolean ignoreNulls;
    private final DataType type;
    private long seen;
    private Vector picked;

    PickedRow(int n, boolean ignoreNulls, DataType type) {
        this.n = n;
        this.ignoreNulls = ignoreNulls;
        this.type = type;
        ColumnBuilder none = ColumnBuilder.of(type);
        none.appendNulls(1);
        this.picked = none.build();
    }

    @Override
    public void add(Vector[] arguments, int from, int to) {
        Vector values = arguments[0];
        int chosen = -1;
        for (int row = from; row < to && (n == 0 || seen < n); row++) {
            if (!ignoreNulls || !values.isNull(row)) {
                seen++;
                chosen = n == 0 || seen == n ? row : chosen;
            }
        }
        if (chosen >= 0) {
            ColumnBuilder one = ColumnBuilder.of(type);
            one.appendRange(values, chosen, 1);
            picked = one.build();
        }
    }

    @Override
    public Vector value(Place place) {
        return picked;
    }
}
