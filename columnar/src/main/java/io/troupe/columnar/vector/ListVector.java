package io.troupe.columnar.vector;

/// Arrays: row i is elements `offsets[i] .. offsets[i + 1]` of `elements`.
public record ListVector(int[] offsets, Vector elements, int length, long[] validity)
        implements Vector {
    @Override
    public long bytes() {
        return 4L * offsets.length
                + elements.bytes()
                + (validity == null ? 0 : 8L * validity.length);
    }
}
