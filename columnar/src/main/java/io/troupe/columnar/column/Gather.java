package io.troupe.columnar.column;

import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.IdentityHashMap;
import java.util.Map;

/// Picks rows of columns.
public final class Gather {
    private static final int[] IDENTITY = count(1 << 14);

    private Gather() {}

    private static int[] count(int rows) {
        int[] numbers = new int[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    /// The numbers 0, 1, 2 … at least up to `count`; shared, read only.
    public static int[] identity(int count) {
        return count <= IDENTITY.length ? IDENTITY : count(count);
    }

    /// The numbers of the batch's existing rows; at least `batch.selected()` entries, read only.
    public static int[] rows(Batch batch) {
        return batch.selection() == null ? identity(batch.rowCount()) : batch.selection();
    }

    /// A copied column of the rows `rows[from .. from + count)`; a negative row gives null. Coded
    /// columns stay coded.
    public static Vector copy(Vector source, int[] rows, int from, int count) {
        if (source instanceof DictionaryVector coded) {
            return recode(coded, rows, from, count);
        }
        ColumnBuilder builder = ColumnBuilder.like(source);
        builder.append(source, rows, from, count);
        return builder.build();
    }

    /// The column without dictionary.
    public static Vector flat(Vector source) {
        if (!(source instanceof DictionaryVector coded)) {
            return source;
        }
        Vector numbers = flatNumbers(coded);
        if (numbers != null) {
            return numbers;
        }
        ColumnBuilder builder = ColumnBuilder.like(coded.dictionary());
        int[] entries = entries(coded, identity(coded.length()), 0, coded.length());
        builder.append(coded.dictionary(), entries, 0, coded.length());
        return builder.build();
    }

    /// Codes of rows without a value point somewhere too, so that the loops need no test; null for
    /// other values than numbers without nulls.
    private static Vector flatNumbers(DictionaryVector coded) {
        Vector dictionary = coded.dictionary();
        if (dictionary.length() == 0 || dictionary.validity() != null) {
            return null;
        }
        int[] codes = coded.codes();
        int length = coded.length();
        return switch (dictionary) {
            case IntVector ints -> {
                int[] out = new int[length];
                int[] values = ints.values();
                for (int i = 0; i < length; i++) {
                    out[i] = values[codes[i]];
                }
                yield new IntVector(out, length, coded.codeValidity());
            }
            case LongVector longs -> {
                long[] out = new long[length];
                long[] values = longs.values();
                for (int i = 0; i < length; i++) {
                    out[i] = values[codes[i]];
                }
                yield new LongVector(out, length, coded.codeValidity());
            }
            case DoubleVector doubles -> {
                double[] out = new double[length];
                double[] values = doubles.values();
                for (int i = 0; i < length; i++) {
                    out[i] = values[codes[i]];
                }
                yield new DoubleVector(out, length, coded.codeValidity());
            }
            default -> null;
        };
    }

    private static int[] entries(DictionaryVector coded, int[] rows, int from, int count) {
        int[] entries = new int[count];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            boolean missing =
                    row < 0
                            || coded.codeValidity() != null
                                    && !Bitmap.get(coded.codeValidity(), row);
            entries[i] = missing ? -1 : coded.codes()[row];
        }
        return entries;
    }

    private static Vector recode(DictionaryVector coded, int[] rows, int from, int count) {
        int[] codes = entries(coded, rows, from, count);
        long[] bits = clearNegative(codes, count);
        return coded.dictionary().length() == 0
                ? new NullVector(count)
                : new DictionaryVector(codes, coded.dictionary(), count, bits, coded.distinct());
    }

    /// Makes negative codes 0 and gives the bitmap in which their bits are unset; null when there
    /// are none.
    public static long[] clearNegative(int[] codes, int count) {
        int signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= codes[i];
        }
        if (signs >= 0) {
            return null;
        }
        long[] bits = new long[Bitmap.words(count)];
        for (int i = 0; i < count; i++) {
            if (codes[i] >= 0) {
                Bitmap.set(bits, i);
            } else {
                codes[i] = 0;
            }
        }
        return bits;
    }

    /// The batch with its existing rows only, copied when it has a selection.
    public static Batch compact(Batch batch) {
        if (batch.selection() == null) {
            return batch;
        }
        Vector[] columns = new Vector[batch.columns().length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = copy(batch.column(c), batch.selection(), 0, batch.selected());
        }
        return new Batch(columns, batch.selected());
    }

    /// Views the columns through row numbers without copying values: `rows[i]` may be negative for
    /// null when `nulls` is set. Columns that share codes share the new ones.
    public static Vector[] view(Vector[] columns, int[] rows, int count, boolean nulls) {
        Vector[] views = new Vector[columns.length];
        int[] clean = rows;
        long[] bits = null;
        if (nulls) {
            clean = java.util.Arrays.copyOf(rows, count);
            bits = clearNegative(clean, count);
        }
        Map<int[], DictionaryVector> recoded = new IdentityHashMap<>();
        for (int c = 0; c < columns.length; c++) {
            views[c] = viewOne(columns[c], rows, clean, bits, count, recoded);
        }
        return views;
    }

    private static Vector viewOne(
            Vector column,
            int[] rows,
            int[] clean,
            long[] bits,
            int count,
            Map<int[], DictionaryVector> recoded) {
        if (column instanceof NullVector || column.length() == 0) {
            return new NullVector(count);
        }
        if (!(column instanceof DictionaryVector coded)) {
            return new DictionaryVector(clean, column, count, bits, false);
        }
        DictionaryVector known = recoded.get(coded.codes());
        if (known != null && coded.codeValidity() == null) {
            return new DictionaryVector(
                    known.codes(),
                    coded.dictionary(),
                    count,
                    known.codeValidity(),
                    coded.distinct());
        }
        Vector view = recode(coded, rows, 0, count);
        if (coded.codeValidity() == null && view instanceof DictionaryVector made) {
            recoded.put(coded.codes(), made);
        }
        return view;
    }
}
