package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// FLOAT values.
final class FloatValues extends LeafValues {
    private float[] values;

    @Override
    void begin(int capacity) {
        values = new float[capacity];
    }

    @Override
    void reserve(int capacity) {
        if (values.length < capacity) {
            values = Arrays.copyOf(values, Math.max(capacity, 2 * values.length));
        }
    }

    @Override
    protected void openPage(Encoding encoding, int count) {
        switch (encoding) {
            case PLAIN -> {}
            case BYTE_STREAM_SPLIT -> unsplit(4);
            default -> throw unsupported(encoding, "float");
        }
    }

    @Override
    void decode(int at, int count) {
        int start = take(count, 4);
        ByteBuffer.wrap(page, start, count * 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values, at, count);
    }

    @Override
    void skip(int count) {
        take(count, 4);
    }

    @Override
    void spread(int at, int count, int present, long[] validity) {
        int source = at + present - 1;
        for (int slot = at + count - 1; source < slot; slot--) {
            if (Bits.get(validity, slot)) {
                values[slot] = values[source--];
            }
        }
    }

    @Override
    void gather(Vector dictionary, int[] codes, int from, int at, int count) {
        float[] entries = ((FloatVector) dictionary).values();
        for (int i = 0; i < count; i++) {
            values[at + i] = entries[codes[from + i]];
        }
    }

    @Override
    Vector finish(int length, long[] validity) {
        Vector vector = new FloatVector(values, length, validity);
        values = null;
        return vector;
    }
}
