package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// INT64 values.
final class LongValues extends LeafValues {
    private long[] values;
    private long[] decoded;
    private int next;

    @Override
    void begin(int capacity) {
        values = new long[capacity];
    }

    @Override
    void reserve(int capacity) {
        if (values.length < capacity) {
            values = Arrays.copyOf(values, Math.max(capacity, 2 * values.length));
        }
    }

    @Override
    protected void openPage(Encoding encoding, int count) {
        decoded = null;
        next = 0;
        switch (encoding) {
            case PLAIN -> {}
            case DELTA_BINARY_PACKED ->
                    decoded = new DeltaDecoder(page, position, end).longs(count);
            case BYTE_STREAM_SPLIT -> unsplit(8);
            default -> throw unsupported(encoding, "long");
        }
    }

    @Override
    void decode(int at, int count) {
        if (decoded != null) {
            checkDecoded(count);
            for (int i = 0; i < count; i++) {
                values[at + i] = decoded[next + i];
            }
            next += count;
            return;
        }
        int start = take(count, 8);
        ByteBuffer.wrap(page, start, count * 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(values, at, count);
    }

    @Override
    void skip(int count) {
        if (decoded != null) {
            checkDecoded(count);
            next += count;
            return;
        }
        take(count, 8);
    }

    private void checkDecoded(int count) {
        if (count > decoded.length - next) {
            throw new ParquetFormatException(
                    "delta page holds " + decoded.length + " values, more are wanted");
        }
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
        long[] entries = ((LongVector) dictionary).values();
        for (int i = 0; i < count; i++) {
            values[at + i] = entries[codes[from + i]];
        }
    }

    @Override
    Vector finish(int length, long[] validity) {
        Vector vector = new LongVector(values, length, validity);
        values = null;
        return vector;
    }
}
