package io.troupe.columnar.compile;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

/// Three-valued `and` and `or`. The right side is computed only for rows that the left side leaves
/// open: it may fail.
final class JunctionFunction implements VectorFunction {
    private final boolean conjunction;
    private final VectorFunction left;
    private final VectorFunction right;

    JunctionFunction(boolean conjunction, VectorFunction left, VectorFunction right) {
        this.conjunction = conjunction;
        this.left = left;
        this.right = right;
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        BooleanVector first = flags(left.evaluate(batch, selection, count), length);
        byte decides = (byte) (conjunction ? 0 : 1);
        int[] open = new int[count];
        int opened = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            open[opened] = row;
            opened +=
                    first.values()[row] == decides && Columns.present(first.validity(), row)
                            ? 0
                            : 1;
        }
        if (opened == 0) {
            return first;
        }
        BooleanVector second = flags(right.evaluate(batch, open, opened), length);
        byte[] values = first.values().clone();
        boolean nulls = first.validity() != null || second.validity() != null;
        long[] validity = nulls ? Bitmap.allSet(length) : null;
        for (int i = 0; i < opened; i++) {
            int row = open[i];
            boolean known = Columns.present(second.validity(), row);
            if (known && second.values()[row] == decides) {
                values[row] = decides;
            } else {
                values[row] = (byte) (1 - decides);
                if (nulls && !(known && Columns.present(first.validity(), row))) {
                    validity[row >> 6] &= ~(1L << row);
                }
            }
        }
        return new BooleanVector(values, length, validity);
    }

    private static BooleanVector flags(Vector vector, int length) {
        Vector flat = Columns.flat(vector);
        return flat instanceof NullVector
                ? new BooleanVector(new byte[length], length, new long[Bitmap.words(length)])
                : (BooleanVector) flat;
    }
}
