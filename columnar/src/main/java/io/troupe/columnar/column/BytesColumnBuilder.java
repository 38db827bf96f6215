package io.troupe.columnar.column;

import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Strings and binary. As long as every source so far is coded over one and the same small
/// dictionary of distinct entries, only codes are kept, and the column comes out coded.
final class BytesColumnBuilder extends ColumnBuilder {
    private static final int KEPT_DICTIONARY_ENTRIES = 1 << 16;

    private byte[] data = {};
    private int[] offsets = {0};
    private Vector dictionary;
    private int[] codes = {};

    @Override
    long valueBytes() {
        return data.length + 4L * offsets.length + 4L * codes.length;
    }

    @Override
    void reserve(int rows) {
        if (dictionary != null) {
            decode();
        }
        if (rows + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, rows + 1));
        }
    }

    @Override
    void appendCoded(DictionaryVector source, int[] rows, int from, int count) {
        boolean keep =
                source.dictionary() == dictionary
                        || length() == 0
                                && source.distinct()
                                && source.dictionary().length() <= KEPT_DICTIONARY_ENTRIES
                                && source.dictionary().validity() == null;
        if (!keep) {
            super.appendCoded(source, rows, from, count);
            return;
        }
        int at = length();
        if (at + count > codes.length) {
            codes = Arrays.copyOf(codes, grown(codes.length, at + count));
        }
        long[] bits = source.codeValidity();
        int[] read = source.codes();
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            codes[at + i] = row < 0 || bits != null && !Bitmap.get(bits, row) ? -1 : read[row];
        }
        dictionary = source.dictionary();
        appendedCodes(codes, at, count);
    }

    private void decode() {
        Vector entries = dictionary;
        int rows = length();
        int[] kept = codes;
        dictionary = null;
        codes = new int[0];
        offsets = new int[rows + 1];
        if (rows > 0 && entries.length() > 0) {
            copyRows(entries, kept, 0, rows, 0);
        }
    }

    @Override
    boolean copyRows(Vector source, int[] rows, int from, int count, int at) {
        BytesVector bytes = (BytesVector) source;
        int[] starts = bytes.offsets();
        long total = offsets[at];
        boolean missing = false;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row >= 0) {
                total += starts[row + 1] - starts[row];
            } else {
                missing = true;
            }
        }
        reserveData(total);
        byte[] read = bytes.data();
        int end = offsets[at];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row >= 0) {
                int start = starts[row];
                int size = starts[row + 1] - start;
                copy(read, start, data, end, size);
                end += size;
            }
            offsets[at + i + 1] = end;
        }
        return missing;
    }

    /// Short values are copied by a loop: a call of arraycopy costs more than a dozen bytes.
    private static void copy(byte[] read, int start, byte[] write, int at, int size) {
        if (size > 16) {
            System.arraycopy(read, start, write, at, size);
        } else {
            for (int i = 0; i < size; i++) {
                write[at + i] = read[start + i];
            }
        }
    }

    @Override
    void copyRange(Vector source, int from, int count, int at) {
        BytesVector bytes = (BytesVector) source;
        int[] starts = bytes.offsets();
        int size = starts[from + count] - starts[from];
        int base = offsets[at];
        reserveData((long) base + size);
        System.arraycopy(bytes.data(), starts[from], data, base, size);
        int shift = base - starts[from];
        for (int i = 1; i <= count; i++) {
            offsets[at + i] = starts[from + i] + shift;
        }
    }

    private void reserveData(long bytes) {
        if (bytes > Integer.MAX_VALUE - 16) {
            throw ColumnTooLarge.error();
        }
        if (bytes > data.length) {
            data = Arrays.copyOf(data, grown(data.length, (int) bytes));
        }
    }

    @Override
    void skip(int at, int count) {
        Arrays.fill(offsets, at + 1, at + count + 1, offsets[at]);
    }

    @Override
    void put(Object value, int at) {
        byte[] bytes =
                value instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : (byte[]) value;
        reserveData((long) offsets[at] + bytes.length);
        System.arraycopy(bytes, 0, data, offsets[at], bytes.length);
        offsets[at + 1] = offsets[at] + bytes.length;
    }

    @Override
    Vector take(int length, long[] validity) {
        if (dictionary != null) {
            int[] taken = Arrays.copyOf(codes, length);
            if (validity != null) {
                for (int i = 0; i < length; i++) {
                    taken[i] = Math.max(taken[i], 0);
                }
            }
            Vector coded = new DictionaryVector(taken, dictionary, length, validity, true);
            dictionary = null;
            codes = new int[0];
            return coded;
        }
        Vector vector =
                new BytesVector(
                        data.length - offsets[length] > (data.length >> 3)
                                ? Arrays.copyOf(data, offsets[length])
                                : data,
                        Arrays.copyOf(offsets, length + 1),
                        length,
                        validity);
        data = new byte[0];
        offsets = new int[] {0};
        return vector;
    }
}
