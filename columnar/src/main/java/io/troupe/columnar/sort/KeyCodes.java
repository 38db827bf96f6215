package io.troupe.columnar.sort;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// The values of one key column as longs that compare (signed) as the values do, direction aside.
final class KeyCodes {
    /// By row; anything for nulls.
    final long[] values;

    /// Whether equal codes mean equal values.
    final boolean exact;

    private KeyCodes(long[] values, boolean exact) {
        this.values = values;
        this.exact = exact;
    }

    /// Null when the type has no such form.
    static KeyCodes of(Vector vector, int count) {
        return switch (vector) {
            case IntVector ints -> {
                long[] codes = new long[count];
                for (int i = 0; i < count; i++) {
                    codes[i] = ints.values()[i];
                }
                yield new KeyCodes(codes, true);
            }
            case LongVector longs -> new KeyCodes(longs.values(), true);
            case BooleanVector booleans -> {
                long[] codes = new long[count];
                for (int i = 0; i < count; i++) {
                    codes[i] = booleans.values()[i];
                }
                yield new KeyCodes(codes, true);
            }
            case DoubleVector doubles -> {
                long[] codes = new long[count];
                for (int i = 0; i < count; i++) {
                    double value = doubles.values()[i];
                    codes[i] = ordered(Double.doubleToLongBits(value == 0 ? 0 : value));
                }
                yield new KeyCodes(codes, true);
            }
            case FloatVector floats -> {
                long[] codes = new long[count];
                for (int i = 0; i < count; i++) {
                    float value = floats.values()[i];
                    codes[i] = ordered(Double.doubleToLongBits(value == 0 ? 0 : value));
                }
                yield new KeyCodes(codes, true);
            }
            case Decimal128Vector wide -> decimals(wide, count);
            case BytesVector bytes -> strings(bytes, count);
            case DictionaryVector coded -> coded(coded, count);
            default -> null;
        };
    }

    /// IEEE bits as signed integers in the order of the numbers; NaN last.
    private static long ordered(long bits) {
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static KeyCodes decimals(Decimal128Vector wide, int count) {
        boolean narrow = true;
        for (int i = 0; i < count && narrow; i++) {
            narrow = wide.isNull(i) || wide.high()[i] == wide.low()[i] >> 63;
        }
        return narrow ? new KeyCodes(wide.low(), true) : new KeyCodes(wide.high(), false);
    }

    /// Up to seven bytes and the length are the whole value; of longer strings the first eight
    /// bytes.
    private static KeyCodes strings(BytesVector bytes, int count) {
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest =
                    Math.max(
                            longest,
                            bytes.isNull(i) ? 0 : bytes.offsets()[i + 1] - bytes.offsets()[i]);
        }
        boolean whole = longest <= 7;
        long[] codes = new long[count];
        for (int i = 0; i < count; i++) {
            int from = bytes.offsets()[i];
            int length = bytes.offsets()[i + 1] - from;
            long prefix = prefix(bytes.data(), from, Math.min(length, whole ? 7 : 8));
            codes[i] = whole ? (prefix >>> 5 | length) : prefix ^ Long.MIN_VALUE;
        }
        return new KeyCodes(codes, whole);
    }

    private static long prefix(byte[] data, int from, int length) {
        long word = 0;
        for (int b = 0; b < length; b++) {
            word |= (data[from + b] & 0xffL) << 56 - 8 * b;
        }
        return word;
    }

    /// Ranks of the entries when they are fewer than the rows.
    private static KeyCodes coded(DictionaryVector coded, int count) {
        Vector entries = coded.dictionary();
        if (entries.length() > count || entries.length() == 0 || of(entries, 0) == null) {
            return gathered(coded, count);
        }
        VectorComparator comparator = VectorComparator.natural();
        int[] order = new int[entries.length()];
        int present = 0;
        for (int e = 0; e < order.length; e++) {
            if (!entries.isNull(e)) {
                order[present++] = e;
            }
        }
        IndexSort.merge(order, 0, present, (a, b) -> comparator.compare(entries, a, entries, b));
        long[] ranks = new long[entries.length()];
        long rank = 0;
        for (int r = 0; r < present; r++) {
            boolean same =
                    r > 0 && comparator.compare(entries, order[r - 1], entries, order[r]) == 0;
            rank += same ? 0 : 1;
            ranks[order[r]] = rank;
        }
        long[] codes = new long[count];
        for (int i = 0; i < count; i++) {
            codes[i] = ranks[coded.codes()[i]];
        }
        return new KeyCodes(codes, true);
    }

    private static KeyCodes gathered(DictionaryVector coded, int count) {
        KeyCodes entries = of(coded.dictionary(), coded.dictionary().length());
        if (entries == null) {
            return null;
        }
        long[] codes = new long[count];
        for (int i = 0; i < count; i++) {
            codes[i] = coded.dictionary().length() == 0 ? 0 : entries.values[coded.codes()[i]];
        }
        return new KeyCodes(codes, entries.exact);
    }
}
