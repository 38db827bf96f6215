package io.troupe.columnar.vector;

/// bigint, timestamps (microseconds), time (nanoseconds), day-time interval (microseconds), decimal
/// of precision ≤ 18 (unscaled).
public record LongVector(long[] values, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        return 8L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
