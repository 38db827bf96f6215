package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

/// Brings an argument into dense arrays: value `i` belongs to group `groups[i]`, nulls are left
/// out. Selections, dictionaries and nulls are dealt with here once, so that the accumulators'
/// loops are `for i < count` over arrays. Arrays are valid until the next read.
final class ArgumentReader {
    long[] longs;
    long[] highs;
    double[] doubles;
    int[] groups;
    int count;

    private int[] rows;
    private int[] rowScratch = {};
    private int[] groupScratch = {};
    private long[] longScratch = {};
    private long[] highScratch = {};
    private double[] doubleScratch = {};

    /// Leaves out nulls and resolves dictionaries: afterwards `rows` are rows of the returned flat
    /// vector.
    private Vector resolve(Vector vector, int[] rows, int[] groups, int count) {
        this.rows = rows;
        this.groups = groups;
        this.count = count;
        Vector flat = vector;
        if (vector instanceof DictionaryVector coded) {
            if (coded.codeValidity() != null) {
                keep(coded.codeValidity());
            }
            room();
            int[] from = this.rows;
            int[] codes = coded.codes();
            for (int i = 0; i < this.count; i++) {
                rowScratch[i] = codes[from[i]];
            }
            this.rows = rowScratch;
            flat = coded.dictionary();
        }
        if (flat instanceof NullVector || flat.length() == 0) {
            this.count = 0;
        } else if (flat.validity() != null) {
            keep(flat.validity());
        }
        return flat;
    }

    private void room() {
        if (rowScratch.length < count) {
            rowScratch = new int[Math.max(count, 8192)];
            groupScratch = new int[rowScratch.length];
        }
    }

    private void keep(long[] validity) {
        room();
        int[] fromRows = rows;
        int[] fromGroups = groups;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = fromRows[i];
            rowScratch[kept] = row;
            groupScratch[kept] = fromGroups[i];
            kept += (int) (validity[row >> 6] >>> row & 1L);
        }
        rows = rowScratch;
        groups = groupScratch;
        count = kept;
    }

    /// Reads only which rows are not null.
    void readPresence(Vector vector, int[] rows, int[] groups, int count) {
        resolve(vector, rows, groups, count);
    }

    /// Reads integers, booleans (0, 1) and decimals up to 18 digits.
    void readLongs(Vector vector, int[] rows, int[] groups, int count) {
        Vector flat = resolve(vector, rows, groups, count);
        if (flat instanceof LongVector direct && this.rows == Gather.identity(this.count)) {
            longs = direct.values();
            return;
        }
        longs =
                longScratch =
                        longScratch.length < this.count
                                ? new long[Math.max(this.count, 8192)]
                                : longScratch;
        int[] at = this.rows;
        switch (flat) {
            case LongVector vectorOfLongs -> {
                long[] in = vectorOfLongs.values();
                for (int i = 0; i < this.count; i++) {
                    longScratch[i] = in[at[i]];
                }
            }
            case IntVector ints -> {
                int[] in = ints.values();
                for (int i = 0; i < this.count; i++) {
                    longScratch[i] = in[at[i]];
                }
            }
            case BooleanVector booleans -> {
                byte[] in = booleans.values();
                for (int i = 0; i < this.count; i++) {
                    longScratch[i] = in[at[i]];
                }
            }
            default -> requireEmpty(flat);
        }
    }

    /// Reads any number as double; decimals by `scale` digits.
    void readDoubles(Vector vector, int[] rows, int[] groups, int count, int scale) {
        Vector flat = resolve(vector, rows, groups, count);
        if (flat instanceof DoubleVector direct && this.rows == Gather.identity(this.count)) {
            doubles = direct.values();
            return;
        }
        doubles =
                doubleScratch =
                        doubleScratch.length < this.count
                                ? new double[Math.max(this.count, 8192)]
                                : doubleScratch;
        int[] at = this.rows;
        double unit = Math.pow(10, scale);
        switch (flat) {
            case DoubleVector vectorOfDoubles -> {
                double[] in = vectorOfDoubles.values();
                for (int i = 0; i < this.count; i++) {
                    doubleScratch[i] = in[at[i]];
                }
            }
            case FloatVector floats -> {
                for (int i = 0; i < this.count; i++) {
                    doubleScratch[i] = floats.values()[at[i]];
                }
            }
            case LongVector vectorOfLongs -> {
                for (int i = 0; i < this.count; i++) {
                    doubleScratch[i] = vectorOfLongs.values()[at[i]] / unit;
                }
            }
            case IntVector ints -> {
                for (int i = 0; i < this.count; i++) {
                    doubleScratch[i] = ints.values()[at[i]];
                }
            }
            case Decimal128Vector wide -> {
                for (int i = 0; i < this.count; i++) {
                    doubleScratch[i] =
                            Int128.toDouble(wide.high()[at[i]], wide.low()[at[i]]) / unit;
                }
            }
            default -> requireEmpty(flat);
        }
    }

    /// Reads 128-bit decimals into `highs` and `longs` (the lower halves); shorter ones are
    /// sign-extended.
    void readWide(Vector vector, int[] rows, int[] groups, int count) {
        Vector flat = resolve(vector, rows, groups, count);
        if (!(flat instanceof Decimal128Vector wide)) {
            requireEmpty(flat);
            return;
        }
        if (this.rows == Gather.identity(this.count)) {
            longs = wide.low();
            highs = wide.high();
            return;
        }
        if (longScratch.length < this.count) {
            longScratch = new long[Math.max(this.count, 8192)];
        }
        if (highScratch.length < this.count) {
            highScratch = new long[Math.max(this.count, 8192)];
        }
        longs = longScratch;
        highs = highScratch;
        int[] at = this.rows;
        long[] low = wide.low();
        long[] high = wide.high();
        for (int i = 0; i < this.count; i++) {
            longScratch[i] = low[at[i]];
            highScratch[i] = high[at[i]];
        }
    }

    private void requireEmpty(Vector flat) {
        if (count != 0) {
            throw new IllegalStateException(
                    "unexpected argument column " + flat.getClass().getSimpleName());
        }
    }

    /// The bitmap of the flags `from` to `from + count`; null when all are set.
    static long[] validity(byte[] seen, int from, int count) {
        long[] bits = new long[Bitmap.words(count)];
        int present = 0;
        for (int i = 0; i < count; i++) {
            if (seen[from + i] != 0) {
                Bitmap.set(bits, i);
                present++;
            }
        }
        return present == count ? null : bits;
    }
}
