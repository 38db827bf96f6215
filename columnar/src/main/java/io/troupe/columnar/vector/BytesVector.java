package io.troupe.columnar.vector;

/// Strings (UTF-8) and binary: row i is `data[offsets[i] .. offsets[i + 1])`; `offsets` has at
/// least length + 1 entries and starts anywhere.
public record BytesVector(byte[] data, int[] offsets, int length, long[] validity)
        implements Vector {
    @Override
    public long bytes() {
        return (long) data.length
                + 4L * offsets.length
                + (validity == null ? 0 : 8L * validity.length);
    }
}
