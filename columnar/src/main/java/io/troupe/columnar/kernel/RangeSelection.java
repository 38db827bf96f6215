package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

/// Selects the rows whose value lies in `low .. high` (or outside of it when negated). Every
/// comparison of a number with a constant is such a range. The bodies are free of branches: the row
/// is always written, and the position moves by a bit taken from signs; C2 would turn a conditional
/// increment back into a jump.
public record RangeSelection(long low, long high, boolean negated) {
    /// Writes the selected rows of `selection[0 .. count)` (0 .. count when null) to `result` and
    /// returns how many.
    public int select(Vector vector, int[] selection, int count, int[] result) {
        if (low > high) {
            return negated ? present(vector.validity(), selection, count, result) : 0;
        }
        int found =
                switch (vector) {
                    case IntVector ints -> ints(ints.values(), selection, count, result);
                    case LongVector longs -> longs(longs.values(), selection, count, result);
                    case DoubleVector doubles ->
                            doubles(doubles.values(), selection, count, result);
                    case FloatVector floats -> floats(floats.values(), selection, count, result);
                    case DictionaryVector coded -> coded(coded, selection, count, result);
                    case NullVector _ -> 0;
                    default ->
                            throw new IllegalArgumentException(vector.getClass().getSimpleName());
                };
        long[] validity =
                vector instanceof DictionaryVector || vector instanceof NullVector
                        ? null
                        : vector.validity();
        return validity == null ? found : present(validity, result, found, result);
    }

    /// The rows that are present.
    public static int present(long[] validity, int[] selection, int count, int[] result) {
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += validity == null ? 1 : (int) (validity[row >> 6] >>> row & 1L);
        }
        return k;
    }

    private int ints(int[] values, int[] selection, int count, int[] result) {
        long from = Math.max(low, Integer.MIN_VALUE);
        long width = Math.min(high, Integer.MAX_VALUE) - from;
        if (width < 0) {
            return negated ? present(null, selection, count, result) : 0;
        }
        int inside = negated ? 0 : 1;
        int k = 0;
        if (selection == null) {
            for (int row = 0; row < count; row++) {
                long distance = values[row] - from;
                result[k] = row;
                k += inside ^ (int) ((distance | width - distance) >>> 63);
            }
            return k;
        }
        for (int i = 0; i < count; i++) {
            int row = selection[i];
            long distance = values[row] - from;
            result[k] = row;
            k += inside ^ (int) ((distance | width - distance) >>> 63);
        }
        return k;
    }

    /// 1 when distance > width, both unsigned: the borrow of width - distance.
    private static int beyond(long distance, long width) {
        return (int) ((~width & distance | (~width | distance) & width - distance) >>> 63);
    }

    private int longs(long[] values, int[] selection, int count, int[] result) {
        long from = low;
        long width = high - low;
        int inside = negated ? 0 : 1;
        int k = 0;
        if (selection == null) {
            for (int row = 0; row < count; row++) {
                result[k] = row;
                k += inside ^ beyond(values[row] - from, width);
            }
            return k;
        }
        for (int i = 0; i < count; i++) {
            int row = selection[i];
            result[k] = row;
            k += inside ^ beyond(values[row] - from, width);
        }
        return k;
    }

    private int doubles(double[] values, int[] selection, int count, int[] result) {
        long from = low;
        long width = high - low;
        int inside = negated ? 0 : 1;
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += inside ^ beyond(SortKeys.of(values[row]) - from, width);
        }
        return k;
    }

    private int floats(float[] values, int[] selection, int count, int[] result) {
        long from = low;
        long width = high - low;
        int inside = negated ? 0 : 1;
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += inside ^ beyond(SortKeys.of(values[row]) - from, width);
        }
        return k;
    }

    /// A small dictionary is judged entry by entry first; a large one is read through the codes.
    private int coded(DictionaryVector coded, int[] selection, int count, int[] result) {
        if (coded.dictionary().length() > count) {
            return select(Columns.flat(coded), selection, count, result);
        }
        int entries = coded.dictionary().length();
        int[] matches = new int[entries];
        int matching = select(coded.dictionary(), null, entries, matches);
        byte[] keep = new byte[entries];
        for (int i = 0; i < matching; i++) {
            keep[matches[i]] = 1;
        }
        return BooleanSelection.select(
                new DictionaryVector(
                        coded.codes(),
                        new BooleanVector(keep, entries, null),
                        coded.length(),
                        coded.codeValidity(),
                        false),
                selection,
                count,
                result);
    }
}
