package io.troupe.columnar.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Characters within slices of UTF-8 bytes, without decoding them.
public final class Utf8 {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The lowest bit of each byte.
    private static final long ONES = 0x0101010101010101L;

    private Utf8() {}

    /// Bytes of the character that starts with `first`.
    public static int width(byte first) {
        int b = first & 0xFF;
        return b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF8 ? 4 : 1;
    }

    /// Code points of the slice: bytes that do not continue one.
    public static int length(byte[] data, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (data[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    public static boolean isAscii(byte[] data, int from, int to) {
        int signs = 0;
        for (int i = from; i < to; i++) {
            signs |= data[i];
        }
        return signs >= 0;
    }

    /// Where the character number `chars` after `from` starts; `to` when there are fewer.
    public static int skip(byte[] data, int from, int to, int chars) {
        int at = from;
        for (int i = 0; i < chars && at < to; i++) {
            at += width(data[at]);
        }
        return Math.min(at, to);
    }

    /// Where the last `chars` characters start; -1 when there are fewer.
    public static int skipBack(byte[] data, int from, int to, int chars) {
        int at = to;
        for (int i = 0; i < chars; i++) {
            if (at <= from) {
                return -1;
            }
            at--;
            while (at > from && (data[at] & 0xC0) == 0x80) {
                at--;
            }
        }
        return at;
    }

    /// The first occurrence of `sought` in the slice at or after `from`, or -1.
    public static int find(byte[] data, int from, int to, byte[] sought) {
        return find(data, from, to, sought, 0, sought.length);
    }

    public static int find(byte[] data, int from, int to, byte[] sought, int start, int end) {
        int size = end - start;
        if (size == 0) {
            return from;
        }
        byte first = sought[start];
        int last = to - size;
        int i = from;
        if (size > 1) {
            long firsts = (first & 0xFF) * ONES;
            long lasts = (sought[end - 1] & 0xFF) * ONES;
            for (; i + 7 <= last; i += 8) {
                long hits = candidates(data, i, size, firsts, lasts);
                while (hits != 0) {
                    int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
                    if (matches(data, at, sought, start, size)) {
                        return at;
                    }
                    hits &= hits - 1;
                }
            }
        }
        for (; i <= last; i++) {
            if (data[i] == first && matches(data, i, sought, start, size)) {
                return i;
            }
        }
        return -1;
    }

    /// The top bits of those of eight bytes from `at` on that are the first byte of a text of which
    /// the last one stands `size - 1` bytes behind; and, rarely, of some behind such a byte.
    private static long candidates(byte[] data, int at, int size, long firsts, long lasts) {
        long differences =
                (long) WORDS.get(data, at) ^ firsts | (long) WORDS.get(data, at + size - 1) ^ lasts;
        return differences - ONES & ~differences & ONES << 7;
    }

    /// The last occurrence of `sought` within the slice, or -1.
    public static int findLast(byte[] data, int from, int to, byte[] sought) {
        for (int i = to - sought.length; i >= from; i--) {
            if (matches(data, i, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }

    public static boolean matches(byte[] data, int at, byte[] sought, int start, int size) {
        for (int k = 0; k < size; k++) {
            if (data[at + k] != sought[start + k]) {
                return false;
            }
        }
        return true;
    }

    public static boolean isValid(byte[] data, int from, int to) {
        if (isAscii(data, from, to)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, from, to - from));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
