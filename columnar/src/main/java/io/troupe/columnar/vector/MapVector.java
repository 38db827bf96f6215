package io.troupe.columnar.vector;

/// Maps: row i is entries `offsets[i] .. offsets[i + 1]` of `keys` and `values`.
public record MapVector(int[] offsets, Vector keys, Vector values, int length, long[] validity)
        implements Vector {
    @Override
    public long bytes() {
        return 4L * offsets.length
                + keys.bytes()
                + values.bytes()
                + (validity == null ? 0 : 8L * validity.length);
    }
}
