package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.Vector;

/// `+ - *` over float and double. Never fails.
public final class FloatingArithmetic implements VectorKernel {
    private final Operation operation;
    private final FlatArguments flat = new FlatArguments(2);

    public FloatingArithmetic(Operation operation) {
        this.operation = operation;
    }

    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        long[] validity = Columns.validity(arguments, rows.length());
        Vector left = flat.get(arguments, 0);
        Vector right = flat.get(arguments, 1);
        int n = rows.length();
        if (left instanceof DoubleVector a) {
            double[] out = new double[n];
            doubles(a.values(), ((DoubleVector) right).values(), out, n);
            return new DoubleVector(out, n, validity);
        }
        float[] out = new float[n];
        floats(((FloatVector) left).values(), ((FloatVector) right).values(), out, n);
        return new FloatVector(out, n, validity);
    }

    private void doubles(double[] a, double[] b, double[] out, int n) {
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] - b[i];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] * b[i];
                }
            }
        }
    }

    private void floats(float[] a, float[] b, float[] out, int n) {
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] - b[i];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] * b[i];
                }
            }
        }
    }
}
