package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// `/`, `div`, `%` and `pmod` over whole and floating numbers. A zero divisor is an error or null;
/// also for floating numbers.
public final class Division implements VectorKernel {
    private final Operation operation;
    private final Overflow overflow;
    private final FlatArguments flat = new FlatArguments(2);

    public Division(Operation operation, Overflow overflow) {
        this.operation = operation;
        this.overflow = overflow;
    }

    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        long[] validity = Columns.validity(arguments, rows.length());
        Vector left = flat.get(arguments, 0);
        Vector right = flat.get(arguments, 1);
        int n = rows.length();
        return switch (left) {
            case DoubleVector a -> {
                double[] b = ((DoubleVector) right).values();
                long[] bits = divisors(rows, validity, i -> b[i] == 0);
                yield new DoubleVector(doubles(a.values(), b, n), n, bits);
            }
            case FloatVector a -> {
                float[] b = ((FloatVector) right).values();
                long[] bits = divisors(rows, validity, i -> b[i] == 0);
                yield new FloatVector(floats(a.values(), b, n), n, bits);
            }
            case IntVector a -> ints(a.values(), (IntVector) right, rows, validity);
            case LongVector a -> longs(a.values(), ((LongVector) right).values(), rows, validity);
            default -> throw new IllegalArgumentException(left.getClass().getSimpleName());
        };
    }

    private interface Zero {
        boolean at(int row);
    }

    private long[] divisors(Rows rows, long[] validity, Zero zero) {
        long[] bits = null;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (zero.at(row) && Columns.present(validity, row)) {
                if (overflow == Overflow.FAIL) {
                    throw operation.zeroDivisor();
                }
                bits = bits == null ? IntegralArithmetic.copy(validity, rows.length()) : bits;
                bits[row >> 6] &= ~(1L << row);
            }
        }
        return bits == null ? validity : bits;
    }

    private double[] doubles(double[] a, double[] b, int n) {
        double[] out = new double[n];
        switch (operation) {
            case DIVIDE -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] / b[i];
                }
            }
            case REMAINDER -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] % b[i];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    double r = a[i] % b[i];
                    out[i] = r < 0 ? (r + b[i]) % b[i] : r;
                }
            }
        }
        return out;
    }

    private float[] floats(float[] a, float[] b, int n) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            float r = operation == Operation.DIVIDE ? a[i] / b[i] : a[i] % b[i];
            out[i] = operation == Operation.POSITIVE_MODULUS && r < 0 ? (r + b[i]) % b[i] : r;
        }
        return out;
    }

    private Vector ints(int[] a, IntVector right, Rows rows, long[] validity) {
        int[] b = right.values();
        long[] bits = divisors(rows, validity, i -> b[i] == 0);
        int[] out = new int[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (b[row] != 0) {
                out[row] = (int) compute(a[row], b[row]);
            }
        }
        return new IntVector(out, rows.length(), bits);
    }

    private Vector longs(long[] a, long[] b, Rows rows, long[] validity) {
        long[] bits = divisors(rows, validity, i -> b[i] == 0);
        long[] out = new long[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (b[row] != 0) {
                if (operation == Operation.INTEGRAL_DIVIDE
                        && a[row] == Long.MIN_VALUE
                        && b[row] == -1
                        && overflow != Overflow.WRAP
                        && Columns.present(bits, row)) {
                    if (overflow == Overflow.FAIL) {
                        throw Failures.overflow("Overflow in integral divide", "try_divide");
                    }
                    bits = IntegralArithmetic.copy(bits, rows.length());
                    bits[row >> 6] &= ~(1L << row);
                }
                out[row] = compute(a[row], b[row]);
            }
        }
        return new LongVector(out, rows.length(), bits);
    }

    private long compute(long x, long y) {
        return switch (operation) {
            case REMAINDER -> x % y;
            case POSITIVE_MODULUS -> {
                long r = x % y;
                yield r < 0 ? (r + y) % y : r;
            }
            default -> x / y;
        };
    }
}
