package io.troupe.columnar.hash;

/// How the columns of a key become longs. Narrow: all columns in one long, column `c` as `value -
/// base[c] + 1` (0: null) in `width[c]` bits at `shift[c]`. Plain: the only column's value itself,
/// never null. Wide: a word per column (two for 128 bits), then a bit per column saying null.
/// Immutable.
record KeyLayout(Form form, int[] shift, int[] width, long[] base, int bits) {
    enum Form {
        NARROW,
        PLAIN,
        WIDE
    }

    static final KeyLayout PLAIN = new KeyLayout(Form.PLAIN, null, null, null, 64);
    static final KeyLayout WIDE = new KeyLayout(Form.WIDE, null, null, null, 0);

    /// A narrow layout in which the ranges fit, with room to grow when asked for; null when they
    /// need more than 63 bits.
    static KeyLayout narrow(KeyRange[] ranges, boolean room) {
        int columns = ranges.length;
        int[] shift = new int[columns];
        int[] width = new int[columns];
        long[] base = new long[columns];
        int bits = 0;
        for (int c = 0; c < columns; c++) {
            KeyRange range = ranges[c];
            if (!range.seen()) {
                width[c] = 0;
            } else {
                long span = range.high() - range.low();
                if (span < 0 || span >= Long.MAX_VALUE / 4) {
                    return null;
                }
                boolean roomBelow = range.low() != 0 && range.low() >= Long.MIN_VALUE + span / 2;
                long below = room && roomBelow ? span / 2 : 0;
                long codes = room ? 2 * span + 2 : span + 1;
                base[c] = range.low() - below;
                width[c] = 64 - Long.numberOfLeadingZeros(codes);
            }
            shift[c] = bits;
            bits += width[c];
        }
        return bits > 63 ? null : new KeyLayout(Form.NARROW, shift, width, base, bits);
    }

    /// Whether a column's values all have codes.
    boolean holds(int column, KeyRange range) {
        if (!range.seen()) {
            return true;
        }
        if (width[column] == 0) {
            return false;
        }
        long limit = (1L << width[column]) - 1;
        long first = range.low() - base[column];
        long last = range.high() - base[column];
        return first >= 0 && first < limit && last >= 0 && last < limit;
    }

    /// Packs rows whose values are known to fit.
    void pack(KeyReader[] readers, int count, long[] codes) {
        for (int c = 0; c < readers.length; c++) {
            long[] values = readers[c].values;
            byte[] nulls = readers[c].nulls;
            long offset = 1 - base[c];
            int left = shift[c];
            if (nulls != null) {
                for (int i = 0; i < count; i++) {
                    long code = values[i] + offset & nulls[i] - 1L;
                    codes[i] = c == 0 ? code << left : codes[i] | code << left;
                }
            } else if (c == 0) {
                for (int i = 0; i < count; i++) {
                    codes[i] = values[i] + offset << left;
                }
            } else {
                for (int i = 0; i < count; i++) {
                    codes[i] |= values[i] + offset << left;
                }
            }
        }
    }

    /// Packs rows that may not fit; `missing` becomes 1 where a value is null or has no code, and
    /// is otherwise 0.
    void packChecked(KeyReader[] readers, int count, long[] codes, byte[] missing) {
        java.util.Arrays.fill(codes, 0, count, 0);
        java.util.Arrays.fill(missing, 0, count, (byte) 0);
        for (int c = 0; c < readers.length; c++) {
            long[] values = readers[c].values;
            byte[] nulls = readers[c].nulls;
            long from = base[c];
            long last = width[c] == 0 ? -1 : (1L << width[c]) - 2;
            int left = shift[c];
            for (int i = 0; i < count; i++) {
                long code = values[i] - from;
                missing[i] |= (byte) ((code | last - code) >>> 63);
                codes[i] |= code + 1 << left;
            }
            if (nulls != null) {
                for (int i = 0; i < count; i++) {
                    missing[i] |= nulls[i];
                }
            }
        }
    }

    /// Words per key of the wide layout.
    static int words(boolean[] wide) {
        int words = (wide.length + 63) / 64;
        for (boolean two : wide) {
            words += two ? 2 : 1;
        }
        return words;
    }

    /// Writes wide keys, `words` longs each.
    static void spread(KeyReader[] readers, boolean[] wide, int count, long[] keys) {
        int words = words(wide);
        java.util.Arrays.fill(keys, 0, count * words, 0);
        int at = (wide.length + 63) / 64;
        for (int c = 0; c < readers.length; c++) {
            long[] values = readers[c].values;
            byte[] nulls = readers[c].nulls;
            for (int i = 0; i < count; i++) {
                if (nulls != null && nulls[i] != 0) {
                    keys[i * words + (c >> 6)] |= 1L << c;
                } else {
                    keys[i * words + at] = values[i];
                    if (wide[c]) {
                        keys[i * words + at + 1] = readers[c].high[i];
                    }
                }
            }
            at += wide[c] ? 2 : 1;
        }
    }
}
