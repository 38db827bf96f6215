package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Values;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Powers of ten and limits of decimals in their 64- and 128-bit forms.
public final class Decimals {
    public static final int MAX_LONG_DIGITS = 18;
    private static final long[] POWERS = new long[MAX_LONG_DIGITS + 1];
    private static final BigInteger[] WIDE_POWERS = new BigInteger[78];
    private static final long[] LIMIT_HIGH = new long[39];
    private static final long[] LIMIT_LOW = new long[39];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < WIDE_POWERS.length; i++) {
            WIDE_POWERS[i] = BigInteger.TEN.pow(i);
        }
        for (int i = 0; i < LIMIT_HIGH.length; i++) {
            LIMIT_HIGH[i] = WIDE_POWERS[i].shiftRight(64).longValue();
            LIMIT_LOW[i] = WIDE_POWERS[i].longValue();
        }
    }

    private Decimals() {}

    /// 10^digits, up to 18 digits.
    public static long power(int digits) {
        return POWERS[digits];
    }

    public static BigInteger widePower(int digits) {
        return WIDE_POWERS[digits];
    }

    /// Whether |value| < 10^precision.
    public static boolean fits(long high, long low, int precision) {
        if (high == low >> 63) {
            return precision > MAX_LONG_DIGITS
                    || low < POWERS[precision] && low > -POWERS[precision];
        }
        long h = high;
        long l = low;
        if (h < 0) {
            h = ~h;
            l = -l;
            h += l == 0 ? 1 : 0;
        }
        return h < LIMIT_HIGH[precision]
                || h == LIMIT_HIGH[precision] && Long.compareUnsigned(l, LIMIT_LOW[precision]) < 0;
    }

    /// x / y rounded half up (away from zero), y > 0.
    public static long divideHalfUp(long x, long y) {
        long quotient = x / y;
        long rest = Math.abs(x % y);
        return rest >= y - rest ? quotient + (x < 0 ? -1 : 1) : quotient;
    }

    public static BigInteger divideHalfUp(BigInteger x, BigInteger y) {
        BigInteger[] parts = x.divideAndRemainder(y);
        int signs = x.signum() * y.signum();
        return parts[1].abs().shiftLeft(1).compareTo(y.abs()) >= 0
                ? parts[0].add(BigInteger.valueOf(signs))
                : parts[0];
    }

    /// The unscaled value at another scale, rounded half up.
    public static BigInteger rescale(BigInteger unscaled, int from, int to) {
        return to >= from
                ? unscaled.multiply(widePower(to - from))
                : divideHalfUp(unscaled, widePower(from - to));
    }

    public static BigInteger wide(long high, long low) {
        return Values.unscaled(high, low);
    }

    /// Fits the value to the type: rounded half up to its scale; null when it has too many digits.
    public static BigDecimal fit(BigDecimal value, DecimalType type) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.precision() - rounded.scale() > type.precision() - type.scale()
                        && rounded.signum() != 0
                ? null
                : rounded;
    }

    /// Like [#fit], with an error instead of null under FAIL.
    public static BigDecimal fit(BigDecimal value, DecimalType type, Overflow overflow) {
        BigDecimal fitted = fit(value, type);
        if (fitted == null && overflow == Overflow.FAIL) {
            throw Failures.outOfRange(value.toPlainString(), type.precision(), type.scale());
        }
        return fitted;
    }

    /// The decimal type that holds every value of a numeric type.
    public static DecimalType typeOf(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal;
        }
        return switch (type.simpleString()) {
            case "tinyint" -> new DecimalType(3, 0);
            case "smallint" -> new DecimalType(5, 0);
            case "int" -> new DecimalType(10, 0);
            case "bigint" -> new DecimalType(20, 0);
            case "float" -> new DecimalType(14, 7);
            default -> new DecimalType(30, 15);
        };
    }
}
