package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.UserDefinedType;

/// Ready-made columns and parts of them.
public final class Columns {
    private static int[] zeros = new int[1 << 14];

    private Columns() {}

    /// Codes that all point to entry 0; shared, read only. Replaced by a longer array on demand: a
    /// lost update only costs memory.
    public static int[] zeroCodes(int length) {
        int[] codes = zeros;
        if (codes.length < length) {
            codes = new int[length];
            zeros = codes;
        }
        return codes;
    }

    /// A column with the same value in every row: shared codes over a single entry.
    public static Vector constant(Object value, DataType type, int length) {
        return value == null ? new NullVector(length) : repeat(single(value, type), length);
    }

    /// The only row of a vector, again and again.
    public static Vector repeat(Vector single, int length) {
        return single instanceof NullVector || single.isNull(0)
                ? new NullVector(length)
                : new DictionaryVector(zeroCodes(length), Gather.flat(single), length, null, true);
    }

    public static Vector single(Object value, DataType type) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        builder.appendValue(value);
        return builder.build();
    }

    public static boolean isConstant(Vector vector) {
        return vector instanceof DictionaryVector coded
                && coded.dictionary().length() == 1
                && coded.codeValidity() == null;
    }

    public static Vector flat(Vector vector) {
        return Gather.flat(vector);
    }

    /// The rows that are present in both; null when all are.
    public static long[] and(long[] left, long[] right, int length) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        long[] both = new long[Bitmap.words(length)];
        for (int w = 0; w < both.length; w++) {
            both[w] = left[w] & right[w];
        }
        return both;
    }

    /// The rows that are present in all the arguments; null when every row is.
    public static long[] validity(Vector[] arguments, int length) {
        long[] validity = null;
        for (Vector argument : arguments) {
            validity = and(validity, argument.validity(), length);
        }
        return validity;
    }

    public static boolean present(long[] validity, int row) {
        return validity == null || (validity[row >> 6] >>> row & 1L) != 0;
    }

    public static Vector booleans(boolean value, int length) {
        byte[] one = {(byte) (value ? 1 : 0)};
        return repeat(new BooleanVector(one, 1, null), length);
    }

    public static DataType plain(DataType type) {
        return type instanceof UserDefinedType udt ? plain(udt.sqlType()) : type;
    }
}
