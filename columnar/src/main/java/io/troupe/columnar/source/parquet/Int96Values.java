package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// INT96 timestamps (nanoseconds of the day, Julian day) as microseconds since the epoch.
final class Int96Values extends LeafValues {
    private static final int WIDTH = 12;
    private static final long JULIAN_EPOCH_DAY = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private long[] values;

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
        if (encoding != Encoding.PLAIN) {
            throw unsupported(encoding, "int96");
        }
    }

    @Override
    void decode(int at, int count) {
        int start = take(count, WIDTH);
        for (int i = 0; i < count; i++) {
            long nanos = BitPacking.longAt(page, start + i * WIDTH);
            long day = BitPacking.intAt(page, start + i * WIDTH + 8) & 0xffffffffL;
            values[at + i] = (day - JULIAN_EPOCH_DAY) * MICROS_PER_DAY + nanos / 1000;
        }
    }

    @Override
    void skip(int count) {
        take(count, WIDTH);
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
