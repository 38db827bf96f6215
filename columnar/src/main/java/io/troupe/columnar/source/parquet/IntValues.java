package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// INT32 values.
final class IntValues extends LeafValues {
    private int[] values;
    private long[] decoded;
    private int next;

    @Override
    void begin(int capacity) {
        values = new int[capacity];
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
            case BYTE_STREAM_SPLIT -> unsplit(4);
            default -> throw unsupported(encoding, "int");
        }
    }

    @Override
    void decode(int at, int count) {
        if (decoded != null) {
            checkDecoded(count);
            for (int i = 0; i < count; i++) {
                values[at + i] = (int) decoded[next + i];
            }
            next += count;
            return;
        }
        int start = take(count, 4);
        ByteBuffer.wrap(page, start, count * 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values, at, count);
    }

    @Override
    void skip(int count) {
        if (decoded != null) {
            checkDecoded(count);
            next += count;
            return;
        }
        take(count, 4);
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
        int[] entries = ((IntVector) dictionary).values();
        for (int i = 0; i < count; i++) {
            values[at + i] = entries[codes[from + i]];
        }
    }

    @Override
    Vector finish(int length, long[] validity) {
        Vector vector = new IntVector(values, length, validity);
        values = null;
        return vector;
    }
}
