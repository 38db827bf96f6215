package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Values;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Arithmetic on 128-bit integers in two longs.
final class Int128 {
    private static final BigInteger[] POWERS = new BigInteger[40];
    private static final long[] POWER_HIGH = new long[39];
    private static final long[] POWER_LOW = new long[39];

    static {
        for (int p = 0; p < POWERS.length; p++) {
            POWERS[p] = BigInteger.TEN.pow(p);
            if (p < 39) {
                POWER_HIGH[p] = POWERS[p].shiftRight(64).longValue();
                POWER_LOW[p] = POWERS[p].longValue();
            }
        }
    }

    private Int128() {}

    static double toDouble(long high, long low) {
        return high == low >> 63 ? (double) low : Values.unscaled(high, low).doubleValue();
    }

    static BigInteger power(int exponent) {
        return POWERS[exponent];
    }

    /// Whether the absolute value is below 10^precision.
    static boolean fits(long high, long low, int precision) {
        if (high == low >> 63 && precision >= 19) {
            return true;
        }
        long positiveHigh = high;
        long positiveLow = low;
        if (high < 0) {
            positiveLow = -low;
            positiveHigh = ~high + (low == 0 ? 1 : 0);
        }
        if (positiveHigh != POWER_HIGH[precision]) {
            return Long.compareUnsigned(positiveHigh, POWER_HIGH[precision]) < 0;
        }
        return Long.compareUnsigned(positiveLow, POWER_LOW[precision]) < 0;
    }

    static BigDecimal decimal(long high, long low, int scale) {
        return new BigDecimal(Values.unscaled(high, low), scale);
    }
}
