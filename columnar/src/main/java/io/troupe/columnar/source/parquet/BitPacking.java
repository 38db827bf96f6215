package io.troupe.columnar.source.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Little-endian loads and bit unpacking over page bytes. Every load may touch up to 8 bytes behind
/// the last value, so page buffers carry [#SLACK] bytes of padding.
final class BitPacking {
    static final int SLACK = 16;
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacking() {}

    static long longAt(byte[] data, int position) {
        return (long) LONG.get(data, position);
    }

    static int intAt(byte[] data, int position) {
        return (int) INT.get(data, position);
    }

    /// Unpacks `count` values of `width` bits (0 to 32) that start at value `index` of the packed
    /// area at `start`.
    static void unpack(byte[] data, int start, int index, int width, int[] out, int at, int count) {
        if (width == 0) {
            java.util.Arrays.fill(out, at, at + count, 0);
            return;
        }
        int done = 0;
        while (done < count && (index + done & 7) != 0) {
            out[at + done] = single(data, start, (long) (index + done) * width, width);
            done++;
        }
        int groups = (count - done) >> 3;
        if (groups > 0) {
            int from = start + (int) ((long) (index + done) * width >> 3);
            if (width <= 8) {
                unpackNarrow(data, from, width, out, at + done, groups);
            } else if (width <= 16) {
                unpackHalf(data, from, width, out, at + done, groups);
            } else {
                unpackWide(data, from, width, out, at + done, groups);
            }
            done += groups << 3;
        }
        for (; done < count; done++) {
            out[at + done] = single(data, start, (long) (index + done) * width, width);
        }
    }

    private static int single(byte[] data, int start, long bit, int width) {
        long word = longAt(data, start + (int) (bit >> 3)) >>> (bit & 7);
        return (int) (word & (1L << width) - 1);
    }

    /// One load holds all 8 values of a group.
    private static void unpackNarrow(
            byte[] data, int from, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int position = from;
        int target = at;
        for (int group = 0; group < groups; group++) {
            long word = longAt(data, position);
            out[target] = (int) word & mask;
            out[target + 1] = (int) (word >>> width) & mask;
            out[target + 2] = (int) (word >>> 2 * width) & mask;
            out[target + 3] = (int) (word >>> 3 * width) & mask;
            out[target + 4] = (int) (word >>> 4 * width) & mask;
            out[target + 5] = (int) (word >>> 5 * width) & mask;
            out[target + 6] = (int) (word >>> 6 * width) & mask;
            out[target + 7] = (int) (word >>> 7 * width) & mask;
            position += width;
            target += 8;
        }
    }

    /// Two loads of 4 values each; the second starts at bit 0 or 4 of its byte.
    private static void unpackHalf(
            byte[] data, int from, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int half = 4 * width >> 3;
        int shift = 4 * width & 7;
        int position = from;
        int target = at;
        for (int group = 0; group < groups; group++) {
            long low = longAt(data, position);
            long high = longAt(data, position + half) >>> shift;
            out[target] = (int) low & mask;
            out[target + 1] = (int) (low >>> width) & mask;
            out[target + 2] = (int) (low >>> 2 * width) & mask;
            out[target + 3] = (int) (low >>> 3 * width) & mask;
            out[target + 4] = (int) high & mask;
            out[target + 5] = (int) (high >>> width) & mask;
            out[target + 6] = (int) (high >>> 2 * width) & mask;
            out[target + 7] = (int) (high >>> 3 * width) & mask;
            position += width;
            target += 8;
        }
    }

    private static void unpackWide(
            byte[] data, int from, int width, int[] out, int at, int groups) {
        long mask = (1L << width) - 1;
        int position = from;
        int target = at;
        for (int group = 0; group < groups; group++) {
            int bit = 0;
            for (int i = 0; i < 8; i++) {
                out[target + i] = (int) (longAt(data, position + (bit >> 3)) >>> (bit & 7) & mask);
                bit += width;
            }
            position += width;
            target += 8;
        }
    }
}
