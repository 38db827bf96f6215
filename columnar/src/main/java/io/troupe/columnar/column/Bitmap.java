package io.troupe.columnar.column;

import java.util.Arrays;

/// Validity bitmaps: bit `row & 63` of word `row >> 6`.
public final class Bitmap {
    private Bitmap() {}

    public static int words(int rows) {
        return (rows + 63) >> 6;
    }

    public static boolean get(long[] bits, int row) {
        return (bits[row >> 6] >>> row & 1L) != 0;
    }

    public static void set(long[] bits, int row) {
        bits[row >> 6] |= 1L << row;
    }

    /// Sets the bits `from` (inclusive) to `to` (exclusive).
    public static void setRange(long[] bits, int from, int to) {
        int row = from;
        while (row < to && (row & 63) != 0) {
            set(bits, row++);
        }
        int fullWords = (to - row) >> 6;
        if (fullWords > 0) {
            Arrays.fill(bits, row >> 6, (row >> 6) + fullWords, -1L);
            row += fullWords << 6;
        }
        while (row < to) {
            set(bits, row++);
        }
    }

    public static long[] allSet(int rows) {
        long[] bits = new long[words(rows)];
        setRange(bits, 0, rows);
        return bits;
    }
}
