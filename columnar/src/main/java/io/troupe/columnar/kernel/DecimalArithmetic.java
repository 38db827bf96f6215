package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DecimalType;
import java.math.BigInteger;

/// Decimal arithmetic on unscaled values. Operands that fit 64 bits, which nearly all do whatever
/// their type says, are multiplied to 128 bits exactly; big integers are the way of the rest.
public final class DecimalArithmetic implements VectorKernel {
    private final Operation operation;
    private final DecimalType left;
    private final DecimalType right;
    private final DecimalType type;
    private final Overflow overflow;
    private final FlatArguments flat = new FlatArguments(2);

    public DecimalArithmetic(
            Operation operation,
            DecimalType left,
            DecimalType right,
            DecimalType type,
            Overflow overflow) {
        this.operation = operation;
        this.left = left;
        this.right = right;
        this.type = type;
        this.overflow = overflow;
    }

    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        long[] validity = Columns.validity(arguments, rows.length());
        Vector a = flat.get(arguments, 0);
        Vector b = flat.get(arguments, 1);
        if (a instanceof LongVector x && b instanceof LongVector y && exact()) {
            int n = rows.length();
            if (type.precision() <= DecimalType.MAX_LONG_PRECISION) {
                return new LongVector(narrow(x.values(), y.values(), n), n, validity);
            }
            if (operation == Operation.MULTIPLY) {
                return product(x.values(), y.values(), n, validity);
            }
        }
        return general(a, b, rows, validity);
    }

    /// Whether the result type holds every result without rounding, as it does unless its precision
    /// met a limit.
    private boolean exact() {
        int digits = left.precision() - left.scale();
        int others = right.precision() - right.scale();
        return switch (operation) {
            case ADD, SUBTRACT ->
                    type.scale() == Math.max(left.scale(), right.scale())
                            && type.precision() - type.scale() > Math.max(digits, others);
            case MULTIPLY ->
                    type.scale() == left.scale() + right.scale()
                            && type.precision() >= left.precision() + right.precision();
            default -> false;
        };
    }

    private long[] narrow(long[] a, long[] b, int n) {
        long[] out = new long[n];
        if (operation == Operation.MULTIPLY) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * b[i];
            }
            return out;
        }
        long scaleA = Decimals.power(type.scale() - left.scale());
        long scaleB =
                Decimals.power(type.scale() - right.scale())
                        * (operation == Operation.ADD ? 1 : -1);
        if (scaleA == 1 && scaleB == -1) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] - b[i];
            }
        } else if (scaleA == 1 && scaleB == 1) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] + b[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * scaleA + b[i] * scaleB;
            }
        }
        return out;
    }

    private static Vector product(long[] a, long[] b, int n, long[] validity) {
        long[] high = new long[n];
        long[] low = new long[n];
        for (int i = 0; i < n; i++) {
            high[i] = Math.multiplyHigh(a[i], b[i]);
            low[i] = a[i] * b[i];
        }
        return new Decimal128Vector(high, low, n, validity);
    }

    private Vector general(Vector a, Vector b, Rows rows, long[] validity) {
        DecimalRows x = DecimalRows.of(a);
        DecimalRows y = DecimalRows.of(b);
        DecimalSink sink = new DecimalSink(type, rows.length(), validity);
        boolean exactProduct =
                operation == Operation.MULTIPLY && type.scale() == left.scale() + right.scale();
        boolean sum = exactSum();
        boolean sameScale = sum && left.scale() == right.scale();
        int shift = type.scale() - left.scale() + right.scale();
        boolean shortQuotient =
                operation == Operation.DIVIDE && shift >= 0 && shift <= Decimals.MAX_LONG_DIGITS;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (!Columns.present(validity, row)) {
                continue;
            }
            long al = x.low(row);
            long bl = y.low(row);
            long ah = x.high(row);
            long bh = y.high(row);
            boolean small = ah == al >> 63 && bh == bl >> 63;
            boolean stored = false;
            if (exactProduct && small) {
                stored = sink.store(row, Math.multiplyHigh(al, bl), al * bl);
            } else if (sameScale) {
                stored =
                        operation == Operation.ADD
                                ? add(sink, row, ah, al, bh, bl)
                                : subtract(sink, row, ah, al, bh, bl);
            } else if (sum && small) {
                stored = scaledSum(sink, row, al, bl);
            } else if (shortQuotient && small && bl != 0) {
                stored = divide(sink, row, al, bl, Decimals.power(shift));
            }
            if (!stored) {
                slow(sink, row, Decimals.wide(ah, al), Decimals.wide(bh, bl));
            }
        }
        return sink.build();
    }

    /// Whether the sum keeps every digit and both operands reach its scale by a 64-bit factor.
    private boolean exactSum() {
        int low = Math.min(left.scale(), right.scale());
        return (operation == Operation.ADD || operation == Operation.SUBTRACT)
                && type.scale() == Math.max(left.scale(), right.scale())
                && type.scale() - low <= Decimals.MAX_LONG_DIGITS;
    }

    private boolean scaledSum(DecimalSink sink, int row, long a, long b) {
        long fa = Decimals.power(type.scale() - left.scale());
        long fb = Decimals.power(type.scale() - right.scale());
        long ah = Math.multiplyHigh(a, fa);
        long bh = Math.multiplyHigh(b, fb);
        return operation == Operation.ADD
                ? add(sink, row, ah, a * fa, bh, b * fb)
                : subtract(sink, row, ah, a * fa, bh, b * fb);
    }

    private static boolean divide(DecimalSink sink, int row, long a, long b, long factor) {
        long dividend = a * factor;
        if (Math.multiplyHigh(a, factor) != dividend >> 63
                || dividend == Long.MIN_VALUE
                || b == Long.MIN_VALUE) {
            return false;
        }
        long quotient = Decimals.divideHalfUp(b < 0 ? -dividend : dividend, Math.abs(b));
        return sink.store(row, quotient >> 63, quotient);
    }

    private static boolean add(DecimalSink sink, int row, long ah, long al, long bh, long bl) {
        long low = al + bl;
        long carry = Long.compareUnsigned(low, al) < 0 ? 1 : 0;
        long high = ah + bh + carry;
        return ((ah ^ high) & (bh ^ high)) >= 0 && sink.store(row, high, low);
    }

    private static boolean subtract(DecimalSink sink, int row, long ah, long al, long bh, long bl) {
        long low = al - bl;
        long borrow = Long.compareUnsigned(al, bl) < 0 ? 1 : 0;
        long high = ah - bh - borrow;
        return ((ah ^ bh) & (ah ^ high)) >= 0 && sink.store(row, high, low);
    }

    private void slow(DecimalSink sink, int row, BigInteger a, BigInteger b) {
        if (operation.divides() && b.signum() == 0) {
            if (overflow == Overflow.FAIL) {
                throw operation.zeroDivisor();
            }
            sink.clear(row);
            return;
        }
        int scale = Math.max(left.scale(), right.scale());
        BigInteger result =
                switch (operation) {
                    case ADD ->
                            Decimals.rescale(
                                    Decimals.rescale(a, left.scale(), scale)
                                            .add(Decimals.rescale(b, right.scale(), scale)),
                                    scale,
                                    type.scale());
                    case SUBTRACT ->
                            Decimals.rescale(
                                    Decimals.rescale(a, left.scale(), scale)
                                            .subtract(Decimals.rescale(b, right.scale(), scale)),
                                    scale,
                                    type.scale());
                    case MULTIPLY ->
                            Decimals.rescale(
                                    a.multiply(b), left.scale() + right.scale(), type.scale());
                    case DIVIDE -> quotient(a, b);
                    case INTEGRAL_DIVIDE ->
                            Decimals.rescale(a, left.scale(), scale)
                                    .divide(Decimals.rescale(b, right.scale(), scale));
                    case REMAINDER, POSITIVE_MODULUS ->
                            Decimals.rescale(
                                    remainder(
                                            Decimals.rescale(a, left.scale(), scale),
                                            Decimals.rescale(b, right.scale(), scale)),
                                    scale,
                                    type.scale());
                };
        if (!sink.store(row, result)) {
            overflow(sink, row, result);
        }
    }

    /// a / b at the result's scale, half up: the dividend gets as many digits as that takes.
    private BigInteger quotient(BigInteger a, BigInteger b) {
        int shift = type.scale() - left.scale() + right.scale();
        return shift >= 0
                ? Decimals.divideHalfUp(a.multiply(BigInteger.TEN.pow(shift)), b)
                : Decimals.divideHalfUp(a, b.multiply(BigInteger.TEN.pow(-shift)));
    }

    private BigInteger remainder(BigInteger a, BigInteger b) {
        BigInteger rest = a.remainder(b);
        return operation == Operation.POSITIVE_MODULUS && rest.signum() < 0
                ? rest.add(b).remainder(b)
                : rest;
    }

    private void overflow(DecimalSink sink, int row, BigInteger result) {
        if (overflow == Overflow.FAIL) {
            String value = new java.math.BigDecimal(result, type.scale()).toPlainString();
            throw Failures.outOfRange(value, type.precision(), type.scale());
        }
        sink.clear(row);
    }
}
