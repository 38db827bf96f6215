package io.troupe.columnar.vector;

/// float.
public record FloatVector(float[] values, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        return 4L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
