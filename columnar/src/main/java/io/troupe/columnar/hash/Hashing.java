package io.troupe.columnar.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Scalar hash functions. Multiply-and-rotate mixing with the finaliser of MurmurHash3 (public
/// domain).
public final class Hashing {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    public static long mix(long value) {
        long h = value * MULTIPLIER;
        h ^= h >>> 32;
        h *= 0xff51afd7ed558ccdL;
        return h ^ h >>> 29;
    }

    public static long combine(long hash, long value) {
        return mix(hash + MULTIPLIER ^ value);
    }

    public static long bytes(byte[] data, int from, int length) {
        long h = length * MULTIPLIER;
        int i = from;
        int end = from + length;
        for (; i + 8 <= end; i += 8) {
            h = (h ^ (long) LONGS.get(data, i)) * 0xff51afd7ed558ccdL;
            h = Long.rotateLeft(h, 29);
        }
        if (i < end) {
            h = (h ^ tail(data, i, end)) * 0xff51afd7ed558ccdL;
        }
        return mix(h);
    }

    private static long tail(byte[] data, int from, int end) {
        long word = 0;
        for (int i = from; i < end; i++) {
            word = word << 8 | data[i] & 0xff;
        }
        return word;
    }

    /// Bits that are equal for equal doubles as SQL compares them: one NaN, one zero.
    public static long bits(double value) {
        return value == 0 ? 0 : Double.doubleToLongBits(value);
    }

    public static int bits(float value) {
        return value == 0 ? 0 : Float.floatToIntBits(value);
    }
}
