package io.troupe.columnar.vector;

/// Every row is null.
public record NullVector(int length) implements Vector {
    @Override
    public long[] validity() {
        return new long[(length + 63) >> 6];
    }

    @Override
    public boolean isNull(int row) {
        return true;
    }

    @Override
    public long bytes() {
        return 8;
    }
}
