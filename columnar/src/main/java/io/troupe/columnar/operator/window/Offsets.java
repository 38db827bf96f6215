package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;

/// Functions that take the value of another row: `lag`, `lead` by distance, `first_value`,
/// `last_value`, `nth_value` within the frame.
public final class Offsets {
    private Offsets() {}

    /// Arguments: value, distance, default (perhaps missing).
    ///
    /// @param direction 1 for lead, -1 for lag
    public static WindowFunction shifted(int direction, boolean ignoreNulls, DataType type) {
        return (chunk, arguments) -> {
            int[] rows = new int[chunk.rows];
            boolean defaults = false;
            for (int row = 0; row < chunk.rows; row++) {
                Object distance =
                        arguments.length > 1
                                ? Values.get(arguments[1], row, AtomicType.INTEGER)
                                : (Object) 1;
                rows[row] =
                        distance == null
                                ? -1
                                : other(
                                        chunk,
                                        arguments[0],
                                        row,
                                        (long) direction * (Integer) distance,
                                        ignoreNulls);
                defaults |= rows[row] < 0;
            }
            boolean useDefaults = defaults && arguments.length > 2;
            return useDefaults
                    ? withDefaults(arguments, rows, chunk.rows, type)
                    : pick(arguments[0], rows, chunk.rows, type);
        };
    }

    private static Vector pick(Vector values, int[] rows, int count, DataType type) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        builder.append(values, rows, 0, count);
        return builder.build();
    }

    private static Vector withDefaults(Vector[] arguments, int[] rows, int count, DataType type) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int row = 0; row < count; row++) {
            boolean there = rows[row] >= 0;
            builder.appendRange(there ? arguments[0] : arguments[2], there ? rows[row] : row, 1);
        }
        return builder.build();
    }

    private static int other(
            Chunk chunk, Vector values, int row, long distance, boolean ignoreNulls) {
        if (!ignoreNulls || distance == 0) {
            long target = row + distance;
            return target < chunk.partitionFrom[row] || target >= chunk.partitionTo[row]
                    ? -1
                    : (int) target;
        }
        int step = distance < 0 ? -1 : 1;
        long left = Math.abs(distance);
        for (int at = row + step;
                at >= chunk.partitionFrom[row] && at < chunk.partitionTo[row];
                at += step) {
            if (!values.isNull(at) && --left == 0) {
                return at;
            }
        }
        return -1;
    }

    /// What [#shifted] reaches when the distance is the same for all rows.
    public static Reach reach(int direction, int distance) {
        long shift = (long) direction * distance;
        return new Reach.Near(Math.max(0, -shift), Math.max(0, shift));
    }

    /// The n-th row of the frame, from its start, or the last one (`n` 0).
    public static WindowFunction inFrame(Frame frame, int n, boolean ignoreNulls, DataType type) {
        Reach.Step step = frame.growth();
        return inFrameAnywhere(frame, n, ignoreNulls, type)
                .reaching(
                        step == null
                                ? frame.reach()
                                : new Reach.Growing(
                                        step, () -> new PickedRow(n, ignoreNulls, type)));
    }

    private static WindowFunction inFrameAnywhere(
            Frame frame, int n, boolean ignoreNulls, DataType type) {
        return (chunk, arguments) -> {
            int[] from = frame.from(chunk);
            int[] to = frame.to(chunk);
            int[] rows = new int[chunk.rows];
            for (int row = 0; row < chunk.rows; row++) {
                rows[row] =
                        n == 0
                                ? last(arguments[0], from[row], to[row], ignoreNulls)
                                : nth(arguments[0], from[row], to[row], n, ignoreNulls);
            }
            return pick(arguments[0], rows, chunk.rows, type);
        };
    }

    private static int nth(Vector values, int from, int to, int n, boolean ignoreNulls) {
        if (!ignoreNulls) {
            return from + (long) n - 1 < to ? from + n - 1 : -1;
        }
        int left = n;
        for (int row = from; row < to; row++) {
            if (!values.isNull(row) && --left == 0) {
                return row;
            }
        }
        return -1;
    }

    private static int last(Vector values, int from, int to, boolean ignoreNulls) {
        for (int row = to - 1; row >= from; row--) {
            if (!ignoreNulls || !values.isNull(row)) {
                return row;
            }
        }
        return -1;
    }
}
