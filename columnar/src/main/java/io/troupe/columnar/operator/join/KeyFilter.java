package io.troupe.columnar.operator.join;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.hash.KeyHash;
import io.troupe.columnar.operator.RuntimeFilter;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;

/// A runtime filter of one join key: the range of its values, and a bitmap of them (integers in a
/// dense range) or a Bloom filter.
final class KeyFilter implements RuntimeFilter {
    private static final long DENSE_BITS_PER_KEY = 64;
    private static final long MAX_BITS = 1L << 27;

    /// A bitmap of a megabyte is worth it for any number of keys: it stays in the cache, needs no
    /// hashing and lets nothing wrong pass.
    private static final long SMALL_BITS = 1L << 23;

    private final int keys;
    private final Object minimum;
    private final Object maximum;

    /// Bit `value - base` for the range of `span + 1` values; null when not dense.
    private final long[] exact;

    private final long base;
    private final long span;
    private final long[] bloom;

    private KeyFilter(
            int keys, Object minimum, Object maximum, Range range, long[] exact, long[] bloom) {
        this.keys = keys;
        this.minimum = minimum;
        this.maximum = maximum;
        this.exact = exact;
        this.base = range.low;
        this.span = range.high - range.low;
        this.bloom = bloom;
    }

    private record Range(long low, long high) {}

    /// @param values the distinct keys of the build side
    static KeyFilter of(Vector values, DataType type) {
        Vector flat = Gather.flat(values);
        int count = flat.length();
        boolean integers = flat instanceof IntVector || flat instanceof LongVector;
        if (!integers || count == 0) {
            return new KeyFilter(count, null, null, new Range(0, 0), null, bloom(flat, count));
        }
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        int least = 0;
        int most = 0;
        for (int row = 0; row < count; row++) {
            long value = value(flat, row);
            if (value < low) {
                low = value;
                least = row;
            }
            if (value > high) {
                high = value;
                most = row;
            }
        }
        long span = high - low;
        boolean dense =
                span >= 0
                        && (span < SMALL_BITS
                                || span < MAX_BITS && span / DENSE_BITS_PER_KEY <= count);
        long[] exact = dense ? bits(flat, count, low, span) : null;
        return new KeyFilter(
                count,
                Values.get(flat, least, type),
                Values.get(flat, most, type),
                new Range(low, high),
                exact,
                dense ? null : bloom(flat, count));
    }

    private static long value(Vector flat, int row) {
        return flat instanceof IntVector ints
                ? ints.values()[row]
                : ((LongVector) flat).values()[row];
    }

    private static long[] bits(Vector flat, int count, long low, long span) {
        long[] bits = new long[(int) (span >> 6) + 1];
        for (int row = 0; row < count; row++) {
            long bit = value(flat, row) - low;
            bits[(int) (bit >> 6)] |= 1L << bit;
        }
        return bits;
    }

    /// Two bits in one word per key, sixteen bits of filter per key.
    private static long[] bloom(Vector flat, int count) {
        int words = Integer.highestOneBit(Math.max(1, Math.min(1 << 24, count / 4))) * 2;
        long[] bits = new long[words];
        long[] hashes = new long[count];
        KeyHash.hash(new Vector[] {flat}, Gather.identity(count), count, 7, hashes);
        for (long hash : hashes) {
            bits[(int) (hash >>> 32) & words - 1] |= 1L << hash | 1L << (hash >>> 6);
        }
        return bits;
    }

    @Override
    public int apply(Vector values, int[] selection, int count, int[] result) {
        int[] rows = selection == null ? Gather.identity(count) : selection;
        if (exact != null && values instanceof LongVector longs) {
            return applyLongs(longs, rows, count, result);
        }
        if (exact != null && values instanceof IntVector ints) {
            return applyInts(ints, rows, count, result);
        }
        if (exact != null && values instanceof DictionaryVector coded) {
            return applyCoded(coded, rows, count, result);
        }
        if (exact != null || keys == 0) {
            return 0;
        }
        return applyBloom(values, rows, count, result);
    }

    private boolean has(long value) {
        long bit = value - base;
        return Long.compareUnsigned(bit, span) <= 0 && (exact[(int) (bit >> 6)] >>> bit & 1) != 0;
    }

    private int applyLongs(LongVector vector, int[] rows, int count, int[] result) {
        long[] values = vector.values();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean keep = has(values[row]);
            result[kept] = row;
            kept += keep ? 1 : 0;
        }
        return vector.validity() == null ? kept : present(vector, result, kept);
    }

    private int applyInts(IntVector vector, int[] rows, int count, int[] result) {
        int[] values = vector.values();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean keep = has(values[row]);
            result[kept] = row;
            kept += keep ? 1 : 0;
        }
        return vector.validity() == null ? kept : present(vector, result, kept);
    }

    /// Looks at each value through its code; a dictionary smaller than the rows is judged first.
    private int applyCoded(DictionaryVector coded, int[] rows, int count, int[] result) {
        Vector entries = coded.dictionary();
        int[] codes = coded.codes();
        byte[] known = entries.length() <= count ? judged(entries) : null;
        int kept = 0;
        if (known != null) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                result[kept] = row;
                kept += known[codes[row]];
            }
        } else if (entries instanceof LongVector longs) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                boolean keep = has(values[codes[row]]);
                result[kept] = row;
                kept += keep ? 1 : 0;
            }
        } else if (entries instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                boolean keep = has(values[codes[row]]);
                result[kept] = row;
                kept += keep ? 1 : 0;
            }
        }
        return coded.codeValidity() == null && entries.validity() == null
                ? kept
                : present(coded, result, kept);
    }

    private byte[] judged(Vector entries) {
        int[] rows = new int[entries.length()];
        int kept =
                switch (entries) {
                    case LongVector longs ->
                            applyLongs(longs, Gather.identity(rows.length), rows.length, rows);
                    case IntVector ints ->
                            applyInts(ints, Gather.identity(rows.length), rows.length, rows);
                    default -> 0;
                };
        byte[] known = new byte[rows.length];
        for (int i = 0; i < kept; i++) {
            known[rows[i]] = 1;
        }
        return known;
    }

    private static int present(Vector vector, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!vector.isNull(rows[i])) {
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    private int applyBloom(Vector values, int[] rows, int count, int[] result) {
        long[] hashes = new long[count];
        KeyHash.hash(new Vector[] {values}, rows, count, 7, hashes);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long wanted = 1L << hashes[i] | 1L << (hashes[i] >>> 6);
            boolean keep = (bloom[(int) (hashes[i] >>> 32) & bloom.length - 1] & wanted) == wanted;
            result[kept] = rows[i];
            kept += keep ? 1 : 0;
        }
        return values.validity() == null ? kept : present(values, result, kept);
    }

    @Override
    public Object minimum() {
        return minimum;
    }

    @Override
    public Object maximum() {
        return maximum;
    }

    @Override
    public boolean matchesNothing() {
        return keys == 0;
    }
}
