package io.troupe.columnar.column;

import io.troupe.columnar.vector.IntervalVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.CalendarInterval;
import java.util.Arrays;

final class IntervalColumnBuilder extends ColumnBuilder {
    private int[] months = {};
    private int[] days = {};
    private long[] microseconds = {};

    @Override
    long valueBytes() {
        return 16L * months.length;
    }

    @Override
    void reserve(int rows) {
        if (rows > months.length) {
            int capacity = grown(months.length, rows);
            months = Arrays.copyOf(months, capacity);
            days = Arrays.copyOf(days, capacity);
            microseconds = Arrays.copyOf(microseconds, capacity);
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        IntervalVector intervals = (IntervalVector) source;
        int signs = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            signs |= row;
            int safe = Math.max(row, 0);
            months[at + i] = intervals.months()[safe];
            days[at + i] = intervals.days()[safe];
            microseconds[at + i] = intervals.microseconds()[safe];
        }
        return signs < 0;
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        IntervalVector intervals = (IntervalVector) source;
        System.arraycopy(intervals.months(), from, months, at, count);
        System.arraycopy(intervals.days(), from, days, at, count);
        System.arraycopy(intervals.microseconds(), from, microseconds, at, count);
    }

    @Override
    void put(Object value, int at) {
        CalendarInterval interval = (CalendarInterval) value;
        months[at] = interval.months();
        days[at] = interval.days();
        microseconds[at] = interval.microseconds();
    }

    @Override
    Vector take(int length, long[] validity) {
        Vector vector =
                new IntervalVector(
                        Arrays.copyOf(months, length),
                        Arrays.copyOf(days, length),
                        Arrays.copyOf(microseconds, length),
                        length,
                        validity);
        months = new int[0];
        days = new int[0];
        microseconds = new long[0];
        return vector;
    }
}
