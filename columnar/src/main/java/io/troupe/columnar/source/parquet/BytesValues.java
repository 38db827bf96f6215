package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/// BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY values. `fixed` is the length of the latter, -1 for the
/// former.
final class BytesValues extends LeafValues {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private static final int MAX_EXPECTED = 4 << 20;

    private final int fixed;
    private byte[] data;
    private int used;
    private int[] offsets;

    /// Lengths (and shared prefixes) of the whole page in the delta encodings, else null.
    private long[] lengths;

    private long[] prefixes;
    private int next;
    private byte[] previous = new byte[0];
    private int previousLength;

    BytesValues(int fixed) {
        this.fixed = fixed;
    }

    @Override
    void begin(int capacity) {
        offsets = new int[capacity + 1];
        // A batch of a column is about as long as the one before.
        int like = Math.min(used, MAX_EXPECTED);
        int expected = Math.max(like + (like >> 3), Math.min(capacity * 16, 64 << 10));
        data = new byte[fixed > 0 ? capacity * fixed : expected];
        used = 0;
    }

    @Override
    void reserve(int capacity) {
        if (offsets.length <= capacity) {
            offsets = Arrays.copyOf(offsets, Math.max(capacity + 1, 2 * offsets.length));
        }
    }

    @Override
    protected void openPage(Encoding encoding, int count) {
        lengths = null;
        prefixes = null;
        next = 0;
        switch (encoding) {
            case PLAIN -> {}
            case BYTE_STREAM_SPLIT -> {
                if (fixed <= 0) {
                    throw unsupported(encoding, "byte array");
                }
                unsplit(fixed);
            }
            case DELTA_LENGTH_BYTE_ARRAY -> lengths = delta(count);
            case DELTA_BYTE_ARRAY -> {
                prefixes = delta(count);
                lengths = delta(count);
                previousLength = 0;
            }
            default -> throw unsupported(encoding, "byte array");
        }
    }

    private long[] delta(int count) {
        DeltaDecoder decoder = new DeltaDecoder(page, position, end);
        long[] decoded = decoder.longs(count);
        position = decoder.position();
        return decoded;
    }

    @Override
    void decode(int at, int count) {
        if (prefixes != null) {
            for (int i = 0; i < count; i++) {
                joinPrefix();
                append(previous, 0, previousLength);
                offsets[at + i + 1] = used;
            }
        } else if (lengths != null) {
            decodeLengths(at, count);
        } else if (fixed >= 0) {
            int start = take(count, fixed);
            append(page, start, count * fixed);
            for (int i = 0; i < count; i++) {
                offsets[at + i + 1] = offsets[at] + (i + 1) * fixed;
            }
        } else {
            decodePlain(at, count);
        }
    }

    private void decodePlain(int at, int count) {
        byte[] source = page;
        int from = position;
        int last = end;
        byte[] target = data;
        int write = used;
        for (int i = 0; i < count; i++) {
            if (last - from < 4) {
                throw new ParquetFormatException("page of byte arrays ends early");
            }
            int length = BitPacking.intAt(source, from);
            from += 4;
            if (length < 0 || length > last - from) {
                throw new ParquetFormatException(
                        "byte array of " + length + " bytes leaves its page");
            }
            if (target.length - write < length + BitPacking.SLACK) {
                target = grow(target, write, length);
            }
            copy(source, from, target, write, length);
            from += length;
            write += length;
            offsets[at + i + 1] = write;
        }
        position = from;
        data = target;
        used = write;
    }

    /// Short values are copied in whole words: both arrays have slack behind the value.
    private static void copy(byte[] source, int from, byte[] target, int to, int length) {
        if (length <= 16 && from + 16 <= source.length) {
            BitPacking.LONG.set(target, to, (long) BitPacking.LONG.get(source, from));
            BitPacking.LONG.set(target, to + 8, (long) BitPacking.LONG.get(source, from + 8));
        } else {
            System.arraycopy(source, from, target, to, length);
        }
    }

    private void decodeLengths(int at, int count) {
        for (int i = 0; i < count; i++) {
            int length = nextLength();
            append(page, take(1, length), length);
            offsets[at + i + 1] = used;
        }
    }

    private int nextLength() {
        if (next >= lengths.length) {
            throw new ParquetFormatException("page of byte arrays ends early");
        }
        long length = lengths[next++];
        if (length < 0 || length > end - position) {
            throw new ParquetFormatException("byte array of " + length + " bytes leaves its page");
        }
        return (int) length;
    }

    /// Sets `previous` to the next value: a prefix of the value before it and new bytes.
    private void joinPrefix() {
        int suffix = nextLength();
        long prefix = next <= prefixes.length ? prefixes[next - 1] : -1;
        if (prefix < 0 || prefix > previousLength) {
            throw new ParquetFormatException(
                    "byte array shares " + prefix + " bytes with one of " + previousLength);
        }
        int length = (int) prefix + suffix;
        if (previous.length < length) {
            previous = Arrays.copyOf(previous, Math.max(length, 2 * previous.length));
        }
        System.arraycopy(page, take(1, suffix), previous, (int) prefix, suffix);
        previousLength = length;
    }

    private void append(byte[] source, int from, int length) {
        if (data.length - used < length) {
            data = grow(data, used, length);
        }
        System.arraycopy(source, from, data, used, length);
        used += length;
    }

    private static byte[] grow(byte[] data, int used, int more) {
        long wanted = Math.max((long) used + more + BitPacking.SLACK, 2L * data.length);
        if ((long) used + more > MAX_BYTES) {
            throw new ParquetFormatException("one batch of byte arrays takes more than 2 GiB");
        }
        return Arrays.copyOf(data, (int) Math.min(wanted, MAX_BYTES));
    }

    @Override
    void skip(int count) {
        if (prefixes != null) {
            for (int i = 0; i < count; i++) {
                joinPrefix();
            }
        } else if (lengths != null) {
            for (int i = 0; i < count; i++) {
                take(1, nextLength());
            }
        } else if (fixed >= 0) {
            take(count, fixed);
        } else {
            for (int i = 0; i < count; i++) {
                int length = BitPacking.intAt(page, take(1, 4));
                if (length < 0) {
                    throw new ParquetFormatException("byte array of " + length + " bytes");
                }
                take(1, length);
            }
        }
    }

    @Override
    void spread(int at, int count, int present, long[] validity) {
        int source = at + present;
        for (int slot = at + count - 1; slot >= at; slot--) {
            offsets[slot + 1] = offsets[source];
            if (Bits.get(validity, slot)) {
                source--;
            }
        }
    }

    @Override
    void gather(Vector dictionary, int[] codes, int from, int at, int count) {
        BytesVector entries = (BytesVector) dictionary;
        for (int i = 0; i < count; i++) {
            int start = entries.offsets()[codes[from + i]];
            append(entries.data(), start, entries.offsets()[codes[from + i] + 1] - start);
            offsets[at + i + 1] = used;
        }
    }

    @Override
    Vector finish(int length, long[] validity) {
        Vector vector = new BytesVector(data, offsets, length, validity);
        data = null;
        offsets = null;
        return vector;
    }
}
