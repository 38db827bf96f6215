package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.expression.WindowFrame.Exclusion;
import io.troupe.planner.expression.WindowFrame.Fixed;
import io.troupe.planner.type.DataType;
import java.util.function.IntPredicate;

/// Frames as row numbers: rows `from[row]` to `to[row]` (exclusive) are the frame of a row,
/// exclusions aside.
public final class Frame {
    private final WindowFrame definition;
    private final Object lower;
    private final Object upper;
    private final DataType keyType;
    private final boolean ascending;

    /// @param lower value of the lower bound's offset, null when it is fixed
    /// @param keyType of the order key of a RANGE frame with offsets, else null
    public Frame(
            WindowFrame definition,
            Object lower,
            Object upper,
            DataType keyType,
            boolean ascending) {
        this.definition = definition;
        this.lower = lower;
        this.upper = upper;
        this.keyType = keyType;
        this.ascending = ascending;
    }

    Exclusion exclusion() {
        return definition.exclusion();
    }

    boolean wholePartition() {
        return fromStart() && definition.upper() == Fixed.UNBOUNDED_FOLLOWING;
    }

    /// Whether frames begin with the partition.
    boolean fromStart() {
        return definition.lower() == Fixed.UNBOUNDED_PRECEDING
                && exclusion() == Exclusion.NO_OTHERS;
    }

    /// What the steps of a frame that begins with the partition are, null when it does not, or ends
    /// beyond the row's peers.
    Reach.Step growth() {
        if (wholePartition()) {
            return Reach.Step.PARTITION;
        }
        if (!fromStart() || definition.upper() != Fixed.CURRENT_ROW) {
            return null;
        }
        return definition.unit() == WindowFrame.Unit.ROWS ? Reach.Step.ROW : Reach.Step.PEERS;
    }

    /// How far a frame of ROWS goes from its row; anywhere for all others.
    Reach reach() {
        boolean plain = exclusion() == Exclusion.NO_OTHERS || exclusion() == Exclusion.CURRENT_ROW;
        boolean bounded =
                definition.lower() != Fixed.UNBOUNDED_PRECEDING
                        && definition.upper() != Fixed.UNBOUNDED_FOLLOWING;
        if (definition.unit() != WindowFrame.Unit.ROWS || !plain || !bounded) {
            return new Reach.Anywhere();
        }
        long first = definition.lower() == Fixed.CURRENT_ROW ? 0 : ((Number) lower).longValue();
        long last = definition.upper() == Fixed.CURRENT_ROW ? 0 : ((Number) upper).longValue();
        return new Reach.Near(
                Math.max(0, Math.max(-first, -last)), Math.max(0, Math.max(first, last)));
    }

    int[] from(Chunk chunk) {
        if (definition.lower() == Fixed.UNBOUNDED_PRECEDING) {
            return chunk.partitionFrom;
        }
        int[] from = new int[chunk.rows];
        boolean current = definition.lower() == Fixed.CURRENT_ROW;
        for (int row = 0; row < chunk.rows; row++) {
            from[row] =
                    switch (definition.unit()) {
                        case ROWS ->
                                rowsBound(chunk, row, current ? 0 : ((Number) lower).longValue());
                        case RANGE ->
                                current
                                        ? chunk.peersFrom[row]
                                        : rangeBound(chunk, row, lower, false);
                        case GROUPS ->
                                current
                                        ? chunk.peersFrom[row]
                                        : groupsBound(
                                                chunk, row, ((Number) lower).longValue(), false);
                    };
        }
        return from;
    }

    int[] to(Chunk chunk) {
        if (definition.upper() == Fixed.UNBOUNDED_FOLLOWING) {
            return chunk.partitionTo;
        }
        int[] to = new int[chunk.rows];
        boolean current = definition.upper() == Fixed.CURRENT_ROW;
        for (int row = 0; row < chunk.rows; row++) {
            to[row] =
                    switch (definition.unit()) {
                        case ROWS ->
                                rowsBound(
                                        chunk,
                                        row,
                                        (current ? 0 : ((Number) upper).longValue()) + 1);
                        case RANGE ->
                                current ? chunk.peersTo[row] : rangeBound(chunk, row, upper, true);
                        case GROUPS ->
                                current
                                        ? chunk.peersTo[row]
                                        : groupsBound(
                                                chunk, row, ((Number) upper).longValue(), true);
                    };
        }
        return to;
    }

    private static int rowsBound(Chunk chunk, int row, long distance) {
        return (int) Math.clamp(row + distance, chunk.partitionFrom[row], chunk.partitionTo[row]);
    }

    private static int groupsBound(Chunk chunk, int row, long distance, boolean end) {
        int at = row;
        for (long step = 0; step < Math.abs(distance); step++) {
            int next = distance < 0 ? chunk.peersFrom[at] - 1 : chunk.peersTo[at];
            if (next < chunk.partitionFrom[row]) {
                return end ? chunk.partitionFrom[row] : next + 1;
            }
            if (next >= chunk.partitionTo[row]) {
                return chunk.partitionTo[row];
            }
            at = next;
        }
        return end ? chunk.peersTo[at] : chunk.peersFrom[at];
    }

    /// The first row of the partition whose key is not before (`end`: is after) this row's key
    /// moved by the offset. Rows with a null key have their peers as frame.
    private int rangeBound(Chunk chunk, int row, Object offset, boolean end) {
        Vector keys = chunk.orderKeys[0];
        if (keys.isNull(row)) {
            return end ? chunk.peersTo[row] : chunk.peersFrom[row];
        }
        Comparable<Object> bound =
                RangeArithmetic.move(Values.get(keys, row, keyType), offset, ascending, keyType);
        int from = chunk.partitionFrom[row];
        int to = chunk.partitionTo[row];
        while (from < to && keys.isNull(from)) {
            from = chunk.peersTo[from];
        }
        while (to > from && keys.isNull(to - 1)) {
            to = chunk.peersFrom[to - 1];
        }
        return search(
                from,
                to,
                candidate -> {
                    int order =
                            bound.compareTo(
                                    RangeArithmetic.comparable(
                                            Values.get(keys, candidate, keyType)));
                    order = ascending ? order : -order;
                    return end ? order < 0 : order <= 0;
                });
    }

    /// The first row of `from` to `to` for which the test holds, which then holds for all after it.
    private static int search(int from, int to, IntPredicate test) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (test.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
