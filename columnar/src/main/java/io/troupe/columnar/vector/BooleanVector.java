package io.troupe.columnar.vector;

/// One byte per row: 0 or 1.
public record BooleanVector(byte[] values, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        return (long) values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
