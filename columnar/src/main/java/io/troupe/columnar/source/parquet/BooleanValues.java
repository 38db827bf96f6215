package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// BOOLEAN values: bit-packed (PLAIN) or run lengths with a length prefix (RLE).
final class BooleanValues extends LeafValues {
    private final RunLengthReader runs = new RunLengthReader();
    private byte[] values;
    private int[] scratch = new int[0];
    private boolean plain;
    private int bit;

    @Override
    void begin(int capacity) {
        values = new byte[capacity];
    }

    @Override
    void reserve(int capacity) {
        if (values.length < capacity) {
            values = Arrays.copyOf(values, Math.max(capacity, 2 * values.length));
        }
    }

    @Override
    protected void openPage(Encoding encoding, int count) {
        plain = encoding == Encoding.PLAIN;
        bit = 0;
        if (plain) {
            return;
        }
        if (encoding != Encoding.RLE) {
            throw unsupported(encoding, "boolean");
        }
        int start = take(1, 4);
        int length = BitPacking.intAt(page, start);
        if (length < 0 || length > end - position) {
            throw new ParquetFormatException(
                    "boolean run lengths of " + length + " bytes leave the page");
        }
        runs.open(page, position, position + length, 1);
    }

    @Override
    void decode(int at, int count) {
        if (!plain) {
            if (scratch.length < count) {
                scratch = new int[count];
            }
            runs.read(scratch, 0, count);
            for (int i = 0; i < count; i++) {
                values[at + i] = (byte) scratch[i];
            }
            return;
        }
        checkBits(count);
        for (int i = 0; i < count; i++) {
            int index = bit + i;
            values[at + i] = (byte) (page[position + (index >> 3)] >>> (index & 7) & 1);
        }
        bit += count;
    }

    @Override
    void skip(int count) {
        if (plain) {
            checkBits(count);
            bit += count;
        } else {
            runs.skip(count);
        }
    }

    private void checkBits(int count) {
        if ((long) bit + count > 8L * (end - position)) {
            throw new ParquetFormatException("page of booleans ends early");
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
        byte[] entries = ((BooleanVector) dictionary).values();
        for (int i = 0; i < count; i++) {
            values[at + i] = entries[codes[from + i]];
        }
    }

    @Override
    Vector finish(int length, long[] validity) {
        Vector vector = new BooleanVector(values, length, validity);
        values = null;
        return vector;
    }
}
