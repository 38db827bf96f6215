package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.sort.VectorComparator;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;

/// Chooses one row per group and keeps values of it: the first, the last, the one with the smallest
/// or largest ordering value. Serves `first`, `last`, `any_value`, `min_by`, `max_by`, and `min`,
/// `max` of types that arrays of primitives do not hold.
final class Choice implements Accumulator {
    enum Rule {
        FIRST,
        LAST,
        LEAST,
        GREATEST
    }

    private final Rule rule;
    private final boolean skipNulls;
    private final boolean byOther;
    private final ValueLog values;
    private final ValueLog orders;
    private final VectorComparator comparator;
    private byte[] chosen = {};
    private int[] best = {};
    private int[] touched = new int[16];
    private int touchedCount;

    /// @param skipNulls for FIRST and LAST: nulls are not candidates
    /// @param order the type of the ordering argument, null when the value orders itself
    Choice(Rule rule, boolean skipNulls, DataType type, DataType order) {
        this.rule = rule;
        this.skipNulls = skipNulls || rule == Rule.LEAST || rule == Rule.GREATEST;
        this.byOther = order != null;
        this.values = new ValueLog(type);
        this.orders = byOther ? new ValueLog(order) : values;
        this.comparator = VectorComparator.natural();
    }

    @Override
    public void reserve(int groups) {
        values.reserve(groups);
        if (byOther) {
            orders.reserve(groups);
        }
        if (groups > chosen.length) {
            int old = chosen.length;
            chosen = Arrays.copyOf(chosen, Math.max(groups, Math.max(16, old * 2)));
            best = Arrays.copyOf(best, chosen.length);
            Arrays.fill(best, old, best.length, -1);
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        Vector order = byOther ? arguments[1] : arguments[0];
        for (int i = 0; i < count; i++) {
            consider(order, rows[i], groups[i]);
        }
        commit(arguments[0], order);
    }

    private void consider(Vector order, int row, int group) {
        if (skipNulls && order.isNull(row)) {
            return;
        }
        boolean better =
                switch (rule) {
                    case FIRST -> chosen[group] == 0;
                    case LAST -> true;
                    case LEAST -> chosen[group] == 0 || compare(order, row, group) < 0;
                    case GREATEST ->
                            chosen[group] == 0 || compare(order, row, group) >= (byOther ? 0 : 1);
                };
        if (!better) {
            return;
        }
        chosen[group] = 1;
        if (best[group] < 0) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, touchedCount * 2);
            }
            touched[touchedCount++] = group;
        }
        best[group] = row;
    }

    private int compare(Vector order, int row, int group) {
        return best[group] >= 0
                ? comparator.compare(order, row, order, best[group])
                : comparator.compare(order, row, orders.chunk(group), orders.row(group));
    }

    private void commit(Vector value, Vector order) {
        values.commit(value, best, touched, touchedCount);
        if (byOther) {
            orders.commit(order, best, touched, touchedCount);
        }
        for (int i = 0; i < touchedCount; i++) {
            best[touched[i]] = -1;
        }
        touchedCount = 0;
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        boolean flagged = rule == Rule.FIRST || rule == Rule.LAST;
        Vector order = byOther ? states[1] : states[0];
        Vector flags = flagged ? states[1] : null;
        for (int i = 0; i < count; i++) {
            if (flags == null || isTrue(flags, rows[i])) {
                consider(order, rows[i], groups[i]);
            }
        }
        commit(states[0], order);
    }

    private static boolean isTrue(Vector flags, int row) {
        return switch (flags) {
            case BooleanVector booleans -> !booleans.isNull(row) && booleans.values()[row] != 0;
            case io.troupe.columnar.vector.DictionaryVector coded ->
                    !coded.isNull(row) && isTrue(coded.dictionary(), coded.codes()[row]);
            default -> false;
        };
    }

    @Override
    public Vector[] states(int from, int count) {
        Vector value = values.values(from, count);
        if (byOther) {
            return new Vector[] {value, orders.values(from, count)};
        }
        if (rule == Rule.FIRST || rule == Rule.LAST) {
            byte[] flags = Arrays.copyOfRange(chosen, from, from + count);
            return new Vector[] {value, new BooleanVector(flags, count, null)};
        }
        return new Vector[] {value};
    }

    @Override
    public Vector result(int from, int count) {
        return values.values(from, count);
    }

    @Override
    public long bytes() {
        return values.bytes() + (byOther ? orders.bytes() : 0) + 5L * chosen.length;
    }
}
