package io.troupe.columnar.kernel;

import java.nio.ByteBuffer;

/// Spark's generator of random numbers: xorshift of 64 bits, seeded through Murmur3.
public final class XorShift {
    private long state;
    private double spare = Double.NaN;

    public XorShift(long seed) {
        state = scramble(seed);
    }

    /// The seed goes through two rounds of the byte-wise hash, so that neighbouring seeds give
    /// unlike numbers.
    private static long scramble(long seed) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        int low = scalaHash(bytes, 0x3c074a61);
        int high = scalaHash(bytes, low);
        return (long) high << 32 | low & 0xFFFFFFFFL;
    }

    /// `scala.util.hashing.MurmurHash3.bytesHash` of eight bytes.
    private static int scalaHash(byte[] bytes, int seed) {
        int hash = seed;
        for (int at = 0; at < bytes.length; at += 4) {
            int k = Integer.rotateLeft(SparkHash.readInt(bytes, at) * 0xcc9e2d51, 15) * 0x1b873593;
            hash = Integer.rotateLeft(hash ^ k, 13) * 5 + 0xe6546b64;
        }
        int h = hash ^ bytes.length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    public int next(int bits) {
        long next = state ^ state << 21;
        next ^= next >>> 35;
        next ^= next << 4;
        state = next;
        return (int) (next & (1L << bits) - 1);
    }

    public long nextLong() {
        return ((long) next(32) << 32) + next(32);
    }

    /// Uniform in [0, 1).
    public double nextDouble() {
        return (((long) next(26) << 27) + next(27)) * 0x1.0p-53;
    }

    /// Standard normal, by the polar method, two at a time.
    public double nextGaussian() {
        if (!Double.isNaN(spare)) {
            double value = spare;
            spare = Double.NaN;
            return value;
        }
        while (true) {
            double a = 2 * nextDouble() - 1;
            double b = 2 * nextDouble() - 1;
            double s = a * a + b * b;
            if (s < 1 && s != 0) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                spare = b * factor;
                return a * factor;
            }
        }
    }

    /// Uniform in [0, bound).
    public int nextInt(int bound) {
        int r = next(31);
        int m = bound - 1;
        if ((bound & m) == 0) {
            return (int) ((long) bound * r >> 31);
        }
        int u = r;
        while (u - (r = u % bound) + m < 0) {
            u = next(31);
        }
        return r;
    }
}
