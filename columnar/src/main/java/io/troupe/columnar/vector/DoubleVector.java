package io.troupe.columnar.vector;

/// double.
public record DoubleVector(double[] values, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        return 8L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
