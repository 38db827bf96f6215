package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// Selects the rows in which two columns of whole numbers (dates, times, narrow decimals) compare
/// as asked; rows with a null on either side are not selected. Only the selected rows are read,
/// through their codes where a column has a dictionary. Holds the scratch arrays of one thread.
public final class PairSelection {
    private final Comparison comparison;
    private long[] left = {};
    private long[] right = {};

    public PairSelection(Comparison comparison) {
        this.comparison = comparison;
    }

    /// Whether the column is one that [#select] reads.
    public static boolean reads(Vector vector) {
        Vector entries = vector instanceof DictionaryVector coded ? coded.dictionary() : vector;
        return (entries instanceof IntVector || entries instanceof LongVector)
                && entries.length() > 0;
    }

    /// Writes the selected rows of `selection[0 .. count)` (0 .. count when null) to `result` and
    /// returns how many.
    public int select(Vector a, Vector b, int[] selection, int count, int[] result) {
        if (left.length < count) {
            left = new long[count];
            right = new long[count];
        }
        read(a, selection, count, left);
        read(b, selection, count, right);
        int found =
                switch (comparison) {
                    case EQUAL -> equal(selection, count, result, 0);
                    case NOT_EQUAL -> equal(selection, count, result, 1);
                    case LESS -> less(left, right, 0, selection, count, result);
                    case LESS_OR_EQUAL -> less(right, left, 1, selection, count, result);
                    case GREATER -> less(right, left, 0, selection, count, result);
                    case GREATER_OR_EQUAL -> less(left, right, 1, selection, count, result);
                };
        found = RangeSelection.present(a.validity(), result, found, result);
        return RangeSelection.present(b.validity(), result, found, result);
    }

    private static void read(Vector vector, int[] selection, int count, long[] out) {
        switch (vector) {
            case DictionaryVector coded -> readCoded(coded, selection, count, out);
            case IntVector ints -> readInts(ints.values(), selection, count, out);
            default -> readLongs(((LongVector) vector).values(), selection, count, out);
        }
    }

    private static void readInts(int[] values, int[] selection, int count, long[] out) {
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                out[i] = values[i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = values[selection[i]];
        }
    }

    private static void readLongs(long[] values, int[] selection, int count, long[] out) {
        if (selection == null) {
            System.arraycopy(values, 0, out, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = values[selection[i]];
        }
    }

    private static void readCoded(DictionaryVector coded, int[] selection, int count, long[] out) {
        int[] codes = coded.codes();
        if (coded.dictionary() instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                out[i] = values[codes[selection == null ? i : selection[i]]];
            }
        } else {
            long[] values = ((LongVector) coded.dictionary()).values();
            for (int i = 0; i < count; i++) {
                out[i] = values[codes[selection == null ? i : selection[i]]];
            }
        }
    }

    /// @param flip 1 for the rows that are not equal
    private int equal(int[] selection, int count, int[] result, int flip) {
        long[] x = left;
        long[] y = right;
        int k = 0;
        for (int i = 0; i < count; i++) {
            long difference = x[i] ^ y[i];
            result[k] = selection == null ? i : selection[i];
            k += flip ^ 1 ^ (int) ((difference | -difference) >>> 63);
        }
        return k;
    }

    /// Rows with x below y, or, with `flip` 1, the others. The sign of the difference, put right
    /// where it overflows, keeps the loop free of branches (see [RangeSelection]).
    private static int less(
            long[] x, long[] y, int flip, int[] selection, int count, int[] result) {
        int k = 0;
        for (int i = 0; i < count; i++) {
            long a = x[i];
            long b = y[i];
            long difference = a - b;
            result[k] = selection == null ? i : selection[i];
            k += flip ^ (int) ((difference ^ ((a ^ b) & (difference ^ a))) >>> 63);
        }
        return k;
    }
}
