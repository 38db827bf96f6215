package io.troupe.columnar.sort;

import io.troupe.columnar.kernel.SortKeys;
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

/// The first key of an order as longs that mean the same in every batch: a row that comes before
/// another never has the larger code. Equal codes say nothing; so most rows beyond a threshold are
/// told by one comparison of numbers.
public final class LeadingKey {
    private LeadingKey() {}

    /// Writes the codes of the rows `rows[0 .. count)`; false when the type has none.
    public static boolean codes(Vector column, SortKey key, int[] rows, int count, long[] codes) {
        if (column instanceof NullVector) {
            java.util.Arrays.fill(codes, 0, count, nulls(key));
            return true;
        }
        int[] places = rows;
        Vector values = column;
        if (column instanceof DictionaryVector coded) {
            values = coded.dictionary();
            places = new int[count];
            for (int i = 0; i < count; i++) {
                places[i] = coded.codes()[rows[i]];
            }
            if (values.length() == 0 || values instanceof NullVector) {
                java.util.Arrays.fill(codes, 0, count, nulls(key));
                return true;
            }
        }
        if (!read(values, places, count, codes)) {
            return false;
        }
        if (!key.ascending()) {
            for (int i = 0; i < count; i++) {
                codes[i] = ~codes[i];
            }
        }
        long[] validity = column.validity();
        if (validity != null) {
            for (int i = 0; i < count; i++) {
                boolean present = (validity[rows[i] >> 6] >>> rows[i] & 1) != 0;
                codes[i] = present ? codes[i] : nulls(key);
            }
        }
        return true;
    }

    private static long nulls(SortKey key) {
        return key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static boolean read(Vector values, int[] rows, int count, long[] codes) {
        switch (values) {
            case IntVector ints -> {
                int[] in = ints.values();
                for (int i = 0; i < count; i++) {
                    codes[i] = in[rows[i]];
                }
            }
            case LongVector longs -> {
                long[] in = longs.values();
                for (int i = 0; i < count; i++) {
                    codes[i] = in[rows[i]];
                }
            }
            case DoubleVector doubles -> {
                double[] in = doubles.values();
                for (int i = 0; i < count; i++) {
                    codes[i] = SortKeys.of(in[rows[i]]);
                }
            }
            case FloatVector floats -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = SortKeys.of(floats.values()[rows[i]]);
                }
            }
            case BooleanVector booleans -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = booleans.values()[rows[i]];
                }
            }
            case Decimal128Vector wide -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = wide.high()[rows[i]];
                }
            }
            case BytesVector bytes -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = prefix(bytes, rows[i]) ^ Long.MIN_VALUE;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The first eight bytes, the first one highest.
    private static long prefix(BytesVector bytes, int row) {
        int from = bytes.offsets()[row];
        int length = Math.min(8, bytes.offsets()[row + 1] - from);
        long word = 0;
        for (int b = 0; b < length; b++) {
            word |= (bytes.data()[from + b] & 0xffL) << 56 - 8 * b;
        }
        return word;
    }
}
