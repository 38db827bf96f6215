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
        }
        if (fullProduct()) {
            long[] x = shortValues(a);
            long[] y = shortValues(b);
            if (x != null && y != null) {
                return product(x, y, rows.length(), validity);
            }
        }
        if (a instanceof Decimal128Vector x
                && b instanceof Decimal128Vector y
                && operation != Operation.MULTIPLY
                && left.scale() == right.scale()
                && exact()) {
            return operation == Operation.ADD
                    ? wideSum(x, y, rows.length(), validity)
                    : wideDifference(x, y, rows.length(), validity);
        }
        return general(a, b, rows, validity);
    }

    /// Whether products keep every digit and those of two 64-bit factors fit the type: they are
    /// below 2^126, which is less than 10^38.
    private boolean fullProduct() {
        return operation == Operation.MULTIPLY
                && type.scale() == left.scale() + right.scale()
                && (type.precision() == DecimalType.MAX_PRECISION
                        || type.precision() >= left.precision() + right.precision()
                                && type.precision() > DecimalType.MAX_LONG_PRECISION);
    }

    /// The values as longs; null when one of them needs more than 64 bits.
    private static long[] shortValues(Vector vector) {
        if (vector instanceof LongVector longs) {
            return longs.values();
        }
        if (!(vector instanceof Decimal128Vector wide)) {
            return null;
        }
        long[] high = wide.high();
        long[] low = wide.low();
        long beyond = 0;
        for (int i = 0; i < wide.length(); i++) {
            beyond |= high[i] ^ low[i] >> 63;
        }
        return beyond == 0 ? low : null;
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

    /// The carry out of the lower halves is the sign of `(a & b) | ((a | b) & ~sum)`.
    private static Vector wideSum(Decimal128Vector a, Decimal128Vector b, int n, long[] validity) {
        long[] high = new long[n];
        long[] low = new long[n];
        for (int i = 0; i < n; i++) {
            long x = a.low()[i];
            long y = b.low()[i];
            long sum = x + y;
            low[i] = sum;
            high[i] = a.high()[i] + b.high()[i] + ((x & y | (x | y) & ~sum) >>> 63);
        }
        return new Decimal128Vector(high, low, n, validity);
    }

    /// The borrow is the sign of `(~a & b) | ((~a | b) & difference)`.
    private static Vector wideDifference(
            Decimal128Vector a, Decimal128Vector b, int n, long[] validity) {
        long[] high = new long[n];
        long[] low = new long[n];
        for (int i = 0; i < n; i++) {
            long x = a.low()[i];
            long y = b.low()[i];
            long difference = x - y;
            low[i] = difference;
            high[i] = a.high()[i] - b.high()[i] - ((~x & y | (~x | y) & difference) >>> 63);
        }
        return new Decimal128Vector(high, low, n, validity);
    }

    private Vector general(Vector a, Vector b, Rows rows, long[] validity) {
        DecimalRows x = DecimalRows.of(a);
        DecimalRows y = DecimalRows.of(b);
        DecimalSink sink = new DecimalSink(type, rows.length(), validity);
        Step step = step();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (!Columns.present(validity, row)) {
                continue;
            }
            long al = x.low(row);
            long bl = y.low(row);
            long ah = x.high(row);
            long bh = y.high(row);
            if (!step.store(sink, row, ah, al, bh, bl)) {
                slow(sink, row, Decimals.wide(ah, al), Decimals.wide(bh, bl));
            }
        }
        return sink.build();
    }

    /// Computes one row in 128 bits where that is possible; false where it is not.
    private interface Step {
        boolean store(DecimalSink sink, int row, long ah, long al, long bh, long bl);
    }

    private Step step() {
        int shift = type.scale() - left.scale() + right.scale();
        if (operation == Operation.MULTIPLY && type.scale() == left.scale() + right.scale()) {
            return (sink, row, ah, al, bh, bl) ->
                    small(ah, al, bh, bl) && sink.store(row, Math.multiplyHigh(al, bl), al * bl);
        }
        if (exactSum()) {
            boolean adds = operation == Operation.ADD;
            if (left.scale() != right.scale()) {
                return (sink, row, ah, al, bh, bl) ->
                        small(ah, al, bh, bl) && scaledSum(sink, row, al, bl);
            }
            return adds ? DecimalArithmetic::add : DecimalArithmetic::subtract;
        }
        if (operation == Operation.DIVIDE && shift >= 0 && shift <= Decimals.MAX_LONG_DIGITS) {
            long factor = Decimals.power(shift);
            return (sink, row, ah, al, bh, bl) ->
                    small(ah, al, bh, bl) && bl != 0 && divide(sink, row, al, bl, factor);
        }
        return (sink, row, ah, al, bh, bl) -> false;
    }

    private static boolean small(long ah, long al, long bh, long bl) {
        return ah == al >> 63 && bh == bl >> 63;
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
