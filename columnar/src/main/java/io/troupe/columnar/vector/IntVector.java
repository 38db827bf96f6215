package io.troupe.columnar.vector;

/// tinyint, smallint, int, date (days), year-month interval (months).
public record IntVector(int[] values, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        return 4L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
