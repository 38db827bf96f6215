package io.troupe.planner.translation;

import java.math.BigInteger;
import java.util.stream.Stream;

/// Bounds of a whole number, both included. Python's whole numbers have none of their own.
record Range(BigInteger low, BigInteger high) {
    static final Range LONG = bits(64);

    /// Whole numbers that doubles hold without loss.
    static final Range EXACT = new Range(pow(53).negate(), pow(53));

    /// Of signed integers of so many bits.
    static Range bits(int bits) {
        return new Range(pow(bits - 1).negate(), pow(bits - 1).subtract(BigInteger.ONE));
    }

    static Range of(long low, long high) {
        return new Range(BigInteger.valueOf(low), BigInteger.valueOf(high));
    }

    private static BigInteger pow(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    boolean within(Range other) {
        return low.compareTo(other.low) >= 0 && high.compareTo(other.high) <= 0;
    }

    Range union(Range other) {
        return new Range(low.min(other.low), high.max(other.high));
    }

    /// The part that a bigint holds.
    Range clipped() {
        return new Range(low.max(LONG.low).min(LONG.high), high.min(LONG.high).max(LONG.low));
    }

    Range plus(Range other) {
        return new Range(low.add(other.low), high.add(other.high));
    }

    Range minus(Range other) {
        return new Range(low.subtract(other.high), high.subtract(other.low));
    }

    Range times(Range other) {
        BigInteger[] ends =
                Stream.of(low, high)
                        .flatMap(a -> Stream.of(a.multiply(other.low), a.multiply(other.high)))
                        .sorted()
                        .toArray(BigInteger[]::new);
        return new Range(ends[0], ends[3]);
    }
}
