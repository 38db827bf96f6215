package io.troupe.columnar.hash;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Reads one key column of a batch as longs: integers as they are, floating point as normalised
/// bits, everything else as its number in a [KeyDictionary]. Holds the scratch arrays and caches of
/// one thread.
final class KeyReader {
    private static final byte[] NONE = {};

    private final KeyDictionary dictionary;
    private final boolean wide;
    private long[] scratch = {};
    private long[] scratchHigh = {};
    private byte[] nullScratch = NONE;
    private Vector cachedEntries;
    private int[] cachedIds = {};
    private Vector previousEntries;

    /// The values of the rows read last, by position.
    long[] values;

    /// The upper halves of 128-bit values.
    long[] high;

    /// 1 where the row is null (or, when finding, unknown); null when there is none.
    byte[] nulls;

    KeyReader(KeyDictionary dictionary, boolean wide) {
        this.dictionary = dictionary;
        this.wide = wide;
    }

    void read(Vector vector, int[] rows, int count, boolean insert) {
        if (scratch.length < count) {
            scratch = new long[Math.max(count, 8192)];
            scratchHigh = wide ? new long[scratch.length] : scratchHigh;
            nullScratch = new byte[scratch.length];
        }
        values = scratch;
        high = scratchHigh;
        nulls = null;
        if (dictionary != null) {
            readNumbered(vector, rows, count, insert);
            return;
        }
        switch (vector) {
            case DictionaryVector coded -> readCoded(coded, rows, count);
            case NullVector _ -> allNull(count);
            default -> {
                markNulls(vector.validity(), rows, count);
                readFlat(vector, rows, count);
            }
        }
    }

    private void allNull(int count) {
        nulls = nullScratch;
        Arrays.fill(nulls, 0, count, (byte) 1);
        Arrays.fill(values, 0, count, 0);
        if (wide) {
            Arrays.fill(high, 0, count, 0);
        }
    }

    private void markNulls(long[] validity, int[] rows, int count) {
        if (validity == null) {
            return;
        }
        int any = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            byte missing = (byte) (~(validity[row >> 6] >>> row) & 1L);
            nullScratch[i] = missing;
            any |= missing;
        }
        nulls = any == 0 ? null : nullScratch;
    }

    private void readFlat(Vector vector, int[] rows, int count) {
        long[] out = scratch;
        switch (vector) {
            case IntVector ints -> {
                int[] in = ints.values();
                for (int i = 0; i < count; i++) {
                    out[i] = in[rows[i]];
                }
            }
            case LongVector longs -> {
                long[] in = longs.values();
                for (int i = 0; i < count; i++) {
                    out[i] = in[rows[i]];
                }
            }
            case BooleanVector booleans -> {
                for (int i = 0; i < count; i++) {
                    out[i] = booleans.values()[rows[i]];
                }
            }
            case FloatVector floats -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Hashing.bits(floats.values()[rows[i]]);
                }
            }
            case DoubleVector doubles -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Hashing.bits(doubles.values()[rows[i]]);
                }
            }
            case Decimal128Vector decimals -> {
                for (int i = 0; i < count; i++) {
                    out[i] = decimals.low()[rows[i]];
                    high[i] = decimals.high()[rows[i]];
                }
            }
            default -> throw new IllegalStateException(vector.getClass().getName());
        }
    }

    private void readCoded(DictionaryVector coded, int[] rows, int count) {
        int[] entries = new int[count];
        int[] codes = coded.codes();
        for (int i = 0; i < count; i++) {
            entries[i] = codes[rows[i]];
        }
        if (coded.dictionary() instanceof NullVector || coded.dictionary().length() == 0) {
            allNull(count);
            return;
        }
        markNulls(coded.dictionary().validity(), entries, count);
        readFlat(coded.dictionary(), entries, count);
        long[] bits = coded.codeValidity();
        if (bits != null) {
            if (nulls == null) {
                Arrays.fill(nullScratch, 0, count, (byte) 0);
            }
            nulls = nullScratch;
            for (int i = 0; i < count; i++) {
                nulls[i] |= Bitmap.get(bits, rows[i]) ? 0 : (byte) 1;
            }
        }
    }

    private void readNumbered(Vector vector, int[] rows, int count, boolean insert) {
        Arrays.fill(nullScratch, 0, count, (byte) 0);
        boolean missing =
                vector instanceof DictionaryVector coded && useCache(coded, count)
                        ? readCached(coded, rows, count, insert)
                        : readEach(vector, rows, count, insert);
        nulls = missing ? nullScratch : null;
    }

    /// Numbers are kept per dictionary entry when the dictionary is small, or met again.
    private boolean useCache(DictionaryVector coded, int count) {
        Vector entries = coded.dictionary();
        if (entries == cachedEntries) {
            return true;
        }
        if (entries.length() <= Math.max(1024, 2 * count) || entries == previousEntries) {
            cachedEntries = entries;
            cachedIds = new int[entries.length()];
            return true;
        }
        previousEntries = entries;
        return false;
    }

    private boolean readCached(DictionaryVector coded, int[] rows, int count, boolean insert) {
        int[] codes = coded.codes();
        long[] bits = coded.codeValidity();
        boolean missing = false;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int id = -1;
            if (bits == null || Bitmap.get(bits, row)) {
                int known = cachedIds[codes[row]];
                id = known != 0 ? known - 2 : look(codes[row], insert);
            }
            scratch[i] = id;
            if (id < 0) {
                nullScratch[i] = 1;
                missing = true;
            }
        }
        return missing;
    }

    /// Cache entries: 0 not looked up, 1 null or unknown, else number + 2.
    private int look(int code, boolean insert) {
        int id = cachedEntries.isNull(code) ? -1 : dictionary.number(cachedEntries, code, insert);
        cachedIds[code] = id + 2;
        return id;
    }

    private boolean readEach(Vector vector, int[] rows, int count, boolean insert) {
        boolean missing = false;
        boolean plain = vector instanceof BytesVector && vector.validity() == null;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int id = !plain && vector.isNull(row) ? -1 : dictionary.number(vector, row, insert);
            scratch[i] = id;
            if (id < 0) {
                nullScratch[i] = 1;
                missing = true;
            }
        }
        return missing;
    }
}
