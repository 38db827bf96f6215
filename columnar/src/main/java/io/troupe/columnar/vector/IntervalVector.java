package io.troupe.columnar.vector;

/// Calendar intervals.
public record IntervalVector(
        int[] months, int[] days, long[] microseconds, int length, long[] validity)
        implements Vector {
    @Override
    public long bytes() {
        return 16L * months.length + (validity == null ? 0 : 8L * validity.length);
    }
}
