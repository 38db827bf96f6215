package io.troupe.columnar.vector;

/// Structs: the fields have the same length; a null struct's field values mean nothing.
public record StructVector(Vector[] fields, int length, long[] validity) implements Vector {
    @Override
    public long bytes() {
        long sum = validity == null ? 0 : 8L * validity.length;
        for (Vector field : fields) {
            sum += field.bytes();
        }
        return sum;
    }
}
