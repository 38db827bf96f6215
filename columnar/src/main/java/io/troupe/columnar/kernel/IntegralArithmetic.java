package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// `+ - *` over whole numbers. All rows are computed without looking for overflow one by one: the
/// loop collects a sign that is set when any row overflowed; only then the rows are looked at
/// again.
public final class IntegralArithmetic implements VectorKernel {
    private final Operation operation;
    private final int bits;
    private final Overflow overflow;
    private final FlatArguments flat = new FlatArguments(2);

    /// @param bits width of the numbers: 8, 16, 32 or 64
    public IntegralArithmetic(Operation operation, int bits, Overflow overflow) {
        this.operation = operation;
        this.bits = bits;
        this.overflow = overflow;
    }

    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        long[] validity = Columns.validity(arguments, rows.length());
        Vector left = flat.get(arguments, 0);
        Vector right = flat.get(arguments, 1);
        return bits == 64
                ? longs(((LongVector) left).values(), ((LongVector) right).values(), rows, validity)
                : ints(((IntVector) left).values(), ((IntVector) right).values(), rows, validity);
    }

    private Vector longs(long[] a, long[] b, Rows rows, long[] validity) {
        int n = rows.length();
        long[] out = new long[n];
        long bad =
                switch (operation) {
                    case ADD -> add(a, b, out, n);
                    case SUBTRACT -> subtract(a, b, out, n);
                    default -> multiply(a, b, out, n);
                };
        long[] bits = validity;
        if (bad < 0 && overflow != Overflow.WRAP) {
            bits = recheck(a, b, rows, validity);
        }
        return new LongVector(out, n, bits);
    }

    /// Straight-line bodies without calls or branches: C2 turns these loops into SIMD code.
    private static long add(long[] a, long[] b, long[] out, int n) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long x = a[i];
            long y = b[i];
            long r = x + y;
            out[i] = r;
            bad |= (x ^ r) & (y ^ r);
        }
        return bad;
    }

    private static long subtract(long[] a, long[] b, long[] out, int n) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long x = a[i];
            long y = b[i];
            long r = x - y;
            out[i] = r;
            bad |= (x ^ y) & (x ^ r);
        }
        return bad;
    }

    private static long multiply(long[] a, long[] b, long[] out, int n) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long r = a[i] * b[i];
            long difference = Math.multiplyHigh(a[i], b[i]) ^ r >> 63;
            out[i] = r;
            bad |= difference | -difference;
        }
        return bad;
    }

    private long[] recheck(long[] a, long[] b, Rows rows, long[] validity) {
        long[] bits = null;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (Columns.present(validity, row) && overflows(a[row], b[row])) {
                if (overflow == Overflow.FAIL) {
                    throw Failures.overflow("long overflow", operation.tryFunction());
                }
                bits = bits == null ? copy(validity, rows.length()) : bits;
                bits[row >> 6] &= ~(1L << row);
            }
        }
        return bits == null ? validity : bits;
    }

    static long[] copy(long[] validity, int length) {
        return validity == null ? Bitmap.allSet(length) : validity.clone();
    }

    private boolean overflows(long x, long y) {
        return switch (operation) {
            case ADD -> ((x ^ x + y) & (y ^ x + y)) < 0;
            case SUBTRACT -> ((x ^ y) & (x ^ x - y)) < 0;
            default -> Math.multiplyHigh(x, y) != x * y >> 63;
        };
    }

    private Vector ints(int[] a, int[] b, Rows rows, long[] validity) {
        int n = rows.length();
        int[] out = new int[n];
        int shift = 64 - bits;
        long bad =
                switch (operation) {
                    case ADD -> addInts(a, b, out, n, shift);
                    case SUBTRACT -> subtractInts(a, b, out, n, shift);
                    default -> multiplyInts(a, b, out, n, shift);
                };
        long[] present = validity;
        if (bad != 0 && overflow != Overflow.WRAP) {
            present = recheckInts(a, b, rows, validity);
        }
        return new IntVector(out, n, present);
    }

    private static long addInts(int[] a, int[] b, int[] out, int n, int shift) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long r = (long) a[i] + b[i];
            long narrow = r << shift >> shift;
            out[i] = (int) narrow;
            bad |= r ^ narrow;
        }
        return bad;
    }

    private static long subtractInts(int[] a, int[] b, int[] out, int n, int shift) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long r = (long) a[i] - b[i];
            long narrow = r << shift >> shift;
            out[i] = (int) narrow;
            bad |= r ^ narrow;
        }
        return bad;
    }

    private static long multiplyInts(int[] a, int[] b, int[] out, int n, int shift) {
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long r = (long) a[i] * b[i];
            long narrow = r << shift >> shift;
            out[i] = (int) narrow;
            bad |= r ^ narrow;
        }
        return bad;
    }

    private long[] recheckInts(int[] a, int[] b, Rows rows, long[] validity) {
        long[] present = null;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (Columns.present(validity, row) && overflowsInt(a[row], b[row])) {
                if (overflow == Overflow.FAIL) {
                    throw failure(a[row], b[row]);
                }
                present = present == null ? copy(validity, rows.length()) : present;
                present[row >> 6] &= ~(1L << row);
            }
        }
        return present == null ? validity : present;
    }

    private boolean overflowsInt(long x, long y) {
        long r =
                switch (operation) {
                    case ADD -> x + y;
                    case SUBTRACT -> x - y;
                    default -> x * y;
                };
        return r != r << 64 - bits >> 64 - bits;
    }

    private RuntimeException failure(int x, int y) {
        if (bits == 32) {
            return Failures.overflow("integer overflow", operation.tryFunction());
        }
        String suffix = bits == 16 ? "S" : "Y";
        return Failures.arithmetic(
                "BINARY_ARITHMETIC_OVERFLOW",
                "value1",
                x + suffix,
                "symbol",
                operation.symbol(),
                "value2",
                y + suffix,
                "functionName",
                "`" + operation.tryFunction() + "`");
    }
}
