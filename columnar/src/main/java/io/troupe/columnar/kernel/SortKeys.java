package io.troupe.columnar.kernel;

/// Longs whose order is the order of floating numbers: NaN last, -0.0 equal to 0.0.
public final class SortKeys {
    private SortKeys() {}

    public static long of(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
