package io.troupe.columnar.vector;

/// Unscaled decimal of precision > 18: `high` is the signed upper half, `low` the lower 64 bits.
public record Decimal128Vector(long[] high, long[] low, int length, long[] validity)
        implements Vector {
    @Override
    public long bytes() {
        return 16L * high.length + (validity == null ? 0 : 8L * validity.length);
    }
}
