package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// Compares two columns of one type; null where either is null.
public final class ComparisonKernel implements VectorKernel {
    private final Comparison comparison;
    private final FlatArguments flat = new FlatArguments(2);

    public ComparisonKernel(Comparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        long[] validity = Columns.validity(arguments, rows.length());
        Vector a = flat.get(arguments, 0);
        Vector b = flat.get(arguments, 1);
        int n = rows.length();
        byte[] out = new byte[n];
        boolean swap =
                comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
        Comparison operator = swap ? comparison.swapped() : comparison;
        Vector x = swap ? b : a;
        Vector y = swap ? a : b;
        switch (x) {
            case IntVector ints -> ints(operator, ints.values(), ((IntVector) y).values(), out, n);
            case LongVector longs ->
                    longs(operator, longs.values(), ((LongVector) y).values(), out, n);
            case DoubleVector doubles ->
                    doubles(operator, doubles.values(), ((DoubleVector) y).values(), out, n);
            default -> any(operator, x, y, out, rows, validity);
        }
        return new BooleanVector(out, n, validity);
    }

    private static void ints(Comparison operator, int[] a, int[] b, byte[] out, int n) {
        switch (operator) {
            case EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] == b[i] ? 1 : 0);
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] != b[i] ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] < b[i] ? 1 : 0);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] <= b[i] ? 1 : 0);
                }
            }
        }
    }

    private static void longs(Comparison operator, long[] a, long[] b, byte[] out, int n) {
        switch (operator) {
            case EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] == b[i] ? 1 : 0);
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] != b[i] ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] < b[i] ? 1 : 0);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (a[i] <= b[i] ? 1 : 0);
                }
            }
        }
    }

    private static void doubles(Comparison operator, double[] a, double[] b, byte[] out, int n) {
        switch (operator) {
            case EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (SortKeys.of(a[i]) == SortKeys.of(b[i]) ? 1 : 0);
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (SortKeys.of(a[i]) != SortKeys.of(b[i]) ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (SortKeys.of(a[i]) < SortKeys.of(b[i]) ? 1 : 0);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) (SortKeys.of(a[i]) <= SortKeys.of(b[i]) ? 1 : 0);
                }
            }
        }
    }

    private static void any(
            Comparison operator, Vector a, Vector b, byte[] out, Rows rows, long[] validity) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (Columns.present(validity, row)) {
                out[row] = (byte) (operator.holds(ValueOrder.compare(a, row, b, row)) ? 1 : 0);
            }
        }
    }
}
