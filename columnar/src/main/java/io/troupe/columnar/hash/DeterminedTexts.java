package io.troupe.columnar.hash;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// One text column of keys whose other columns seem to determine it: the text of each key, and the
/// question whether rows have their key's text.
final class DeterminedTexts {
    private static final int NONE = -1;
    private static final int[] NO_CODES = {};

    private byte[] data = {};
    private int[] offsets = {0};
    private long[] present = {};
    private boolean anyNull;
    private int size;

    /// The dictionary of a coded column that came more than once, and the code in it of each key's
    /// text: rows with the same code need no comparison of bytes.
    private Vector entries;

    private Vector previous;
    private int[] codes = NO_CODES;

    long bytes() {
        return data.length + 4L * offsets.length + 4L * codes.length + 8L * present.length;
    }

    /// Whether the texts of more keys may come to need more room than there is in an array.
    boolean canTake(Vector column, int[] rows, int count) {
        BytesVector texts = texts(column);
        long total = offsets[size];
        for (int i = 0; i < count; i++) {
            total += texts == null ? 0 : length(texts, at(column, rows[i]));
        }
        return total <= Integer.MAX_VALUE >> 1;
    }

    private static int length(BytesVector texts, int at) {
        return texts.offsets()[at + 1] - texts.offsets()[at];
    }

    /// Takes the texts of new keys from rows of a column.
    void add(Vector column, int[] rows, int count) {
        adopt(column);
        reserve(size + count);
        BytesVector texts = texts(column);
        boolean coded = column instanceof DictionaryVector && entries == texts;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int end = offsets[size];
            if (texts == null || column.isNull(row)) {
                anyNull = true;
            } else {
                int at = at(column, row);
                int length = length(texts, at);
                room(end + length);
                System.arraycopy(texts.data(), texts.offsets()[at], data, end, length);
                end += length;
                Bitmap.set(present, size);
                if (coded) {
                    codes[size] = at;
                }
            }
            offsets[++size] = end;
        }
    }

    private void adopt(Vector column) {
        if (!(column instanceof DictionaryVector coded) || coded.dictionary() == entries) {
            return;
        }
        if (coded.dictionary() == previous || size == 0) {
            entries = coded.dictionary();
            codes = new int[offsets.length];
            Arrays.fill(codes, NONE);
        }
        previous = coded.dictionary();
    }

    private void reserve(int keys) {
        if (keys >= offsets.length) {
            int larger = Math.max(keys + 1, Math.max(1024, offsets.length * 2));
            offsets = Arrays.copyOf(offsets, larger);
            present = Arrays.copyOf(present, Bitmap.words(larger));
            if (entries != null) {
                int known = codes.length;
                codes = Arrays.copyOf(codes, larger);
                Arrays.fill(codes, known, larger, NONE);
            }
        }
    }

    private void room(int bytes) {
        if (bytes > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 16L, 2L * bytes));
        }
    }

    private static BytesVector texts(Vector column) {
        Vector flat = column instanceof DictionaryVector coded ? coded.dictionary() : column;
        return flat instanceof BytesVector texts && texts.length() > 0 ? texts : null;
    }

    private static int at(Vector column, int row) {
        return column instanceof DictionaryVector coded ? coded.codes()[row] : row;
    }

    /// Whether each row has the text of its key `keys[i]`.
    boolean agree(Vector column, int[] rows, int count, int[] keys) {
        BytesVector texts = texts(column);
        if (texts != null && !mayBeNull(column) && !anyNull) {
            return agreePresent(texts, column, rows, count, keys);
        }
        for (int i = 0; i < count; i++) {
            boolean missing = texts == null || column.isNull(rows[i]);
            boolean agrees =
                    missing
                            ? !Bitmap.get(present, keys[i])
                            : Bitmap.get(present, keys[i])
                                    && same(texts, at(column, rows[i]), keys[i]);
            if (!agrees) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBeNull(Vector column) {
        return column instanceof DictionaryVector coded
                ? coded.codeValidity() != null || coded.dictionary().validity() != null
                : column.validity() != null;
    }

    private boolean agreePresent(
            BytesVector texts, Vector column, int[] rows, int count, int[] keys) {
        if (!(column instanceof DictionaryVector coded) || texts != entries) {
            for (int i = 0; i < count; i++) {
                if (!same(texts, at(column, rows[i]), keys[i])) {
                    return false;
                }
            }
            return true;
        }
        int[] read = coded.codes();
        for (int i = 0; i < count; i++) {
            int code = read[rows[i]];
            if (codes[keys[i]] != code) {
                if (!same(texts, code, keys[i])) {
                    return false;
                }
                codes[keys[i]] = code;
            }
        }
        return true;
    }

    private boolean same(BytesVector texts, int at, int key) {
        return Arrays.equals(
                data,
                offsets[key],
                offsets[key + 1],
                texts.data(),
                texts.offsets()[at],
                texts.offsets()[at + 1]);
    }

    /// The texts of the keys `from` to `from + count`.
    BytesVector column(int from, int count) {
        int start = offsets[from];
        int[] own = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            own[i] = offsets[from + i] - start;
        }
        long[] validity = null;
        if (anyNull) {
            validity = new long[Bitmap.words(count)];
            for (int i = 0; i < count; i++) {
                if (Bitmap.get(present, from + i)) {
                    Bitmap.set(validity, i);
                }
            }
        }
        return new BytesVector(
                Arrays.copyOfRange(data, start, start + own[count]), own, count, validity);
    }
}
