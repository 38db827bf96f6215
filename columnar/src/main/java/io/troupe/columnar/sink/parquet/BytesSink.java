package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// BYTE_ARRAY, and FIXED_LEN_BYTE_ARRAY of wide decimals (big-endian two's complement) and INT96
/// timestamps.
final class BytesSink extends ValueSink {
    private static final int MAX_BOUND = 1 << 11;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    enum Form {
        BYTES,
        DECIMAL,
        INT96
    }

    private final Form form;
    private final int width;
    private byte[] current = new byte[16];
    private int length;
    private byte[] source;
    private int from;

    private int[] entryEnds = new int[64];
    private final ByteSink entryData = new ByteSink();
    private int[] slots = new int[128];
    private byte[] lowest;
    private byte[] highest;

    /// @param width bytes per value of the fixed forms
    BytesSink(Form form, int width) {
        this.form = form;
        this.width = width;
    }

    /// Points `source[from .. from + length)` at the value.
    private void load(Vector vector, int row) {
        switch (form) {
            case BYTES -> {
                BytesVector bytes = (BytesVector) vector;
                source = bytes.data();
                from = bytes.offsets()[row];
                length = bytes.offsets()[row + 1] - from;
            }
            case DECIMAL -> {
                Decimal128Vector wide = (Decimal128Vector) vector;
                bigEndian(wide.high()[row], wide.low()[row]);
            }
            case INT96 -> int96(((LongVector) vector).values()[row]);
        }
    }

    private void bigEndian(long high, long low) {
        for (int i = 0; i < width; i++) {
            int bit = 8 * (width - 1 - i);
            current[i] = (byte) (bit >= 64 ? high >> bit - 64 : low >>> bit);
        }
        source = current;
        from = 0;
        length = width;
    }

    private void int96(long micros) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        long nanos = Math.floorMod(micros, MICROS_PER_DAY) * 1000;
        for (int i = 0; i < 8; i++) {
            current[i] = (byte) (nanos >>> 8 * i);
        }
        for (int i = 0; i < 4; i++) {
            current[8 + i] = (byte) (day + JULIAN_EPOCH_DAY >>> 8 * i);
        }
        source = current;
        from = 0;
        length = width;
    }

    private void put(byte[] data, int start, int count, ByteSink out) {
        if (form == Form.BYTES) {
            out.putInt(count);
        }
        out.putBytes(data, start, count);
    }

    @Override
    void plain(Vector vector, int row, ByteSink out) {
        load(vector, row);
        put(source, from, length, out);
    }

    private int entryStart(int code) {
        return code == 0 ? 0 : entryEnds[code - 1];
    }

    @Override
    void plainOfCode(int code, ByteSink out) {
        put(entryData.data(), entryStart(code), entryEnds[code] - entryStart(code), out);
    }

    @Override
    int code(Vector vector, int row) {
        load(vector, row);
        int mask = slots.length - 1;
        int slot = hash(source, from, length) & mask;
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (Arrays.equals(
                    entryData.data(),
                    entryStart(code),
                    entryEnds[code],
                    source,
                    from,
                    from + length)) {
                return code;
            }
            slot = slot + 1 & mask;
        }
        int code = dictionarySize++;
        entryEnds =
                code >= entryEnds.length
                        ? Arrays.copyOf(entryEnds, 2 * entryEnds.length)
                        : entryEnds;
        entryData.putBytes(source, from, length);
        entryEnds[code] = entryData.size();
        slots[slot] = code + 1;
        put(source, from, length, dictionary);
        bound();
        if (2 * dictionarySize > slots.length) {
            rehash();
        }
        return code;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int code = 0; code < dictionarySize; code++) {
            int slot =
                    hash(entryData.data(), entryStart(code), entryEnds[code] - entryStart(code))
                            & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = code + 1;
        }
    }

    private static int hash(byte[] data, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ data[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    @Override
    void bound(Vector vector, int row) {
        load(vector, row);
        bound();
    }

    private void bound() {
        if (form == Form.INT96) {
            return;
        }
        if (lowest == null || less(source, from, from + length, lowest)) {
            lowest = Arrays.copyOfRange(source, from, from + length);
        }
        if (highest == null || greater(source, from, from + length, highest)) {
            highest = Arrays.copyOfRange(source, from, from + length);
        }
    }

    private boolean less(byte[] data, int start, int end, byte[] bound) {
        return order(data, start, end, bound) < 0;
    }

    private boolean greater(byte[] data, int start, int end, byte[] bound) {
        return order(data, start, end, bound) > 0;
    }

    private int order(byte[] data, int start, int end, byte[] bound) {
        if (form == Form.DECIMAL && data[start] < 0 != bound[0] < 0) {
            return data[start] < 0 ? -1 : 1;
        }
        return Arrays.compareUnsigned(data, start, end, bound, 0, bound.length);
    }

    @Override
    void reset() {
        dictionary.clear();
        entryData.clear();
        dictionarySize = 0;
        Arrays.fill(slots, 0);
        lowest = null;
        highest = null;
    }

    /// Very long bounds would only swell the footer.
    @Override
    byte[] minimum() {
        return lowest == null || lowest.length + highest.length > MAX_BOUND ? null : lowest;
    }

    @Override
    byte[] maximum() {
        return lowest == null || lowest.length + highest.length > MAX_BOUND ? null : highest;
    }
}
