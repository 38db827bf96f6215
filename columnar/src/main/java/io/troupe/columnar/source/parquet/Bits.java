package io.troupe.columnar.source.parquet;

/// Ranges of bits in validity words.
final class Bits {
    private Bits() {}

    static int words(int bits) {
        return (bits + 63) >> 6;
    }

    /// Sets `count` bits from `at`.
    static void set(long[] bits, int at, int count) {
        int done = 0;
        while (done < count) {
            int offset = at + done & 63;
            int chunk = Math.min(64 - offset, count - done);
            long mask = chunk == 64 ? -1L : (1L << chunk) - 1;
            bits[at + done >> 6] |= mask << offset;
            done += chunk;
        }
    }

    /// Ors the low `count` (at most 63) bits of `word` into the bits from `at`.
    static void or(long[] bits, int at, long word, int count) {
        int offset = at & 63;
        bits[at >> 6] |= word << offset;
        if (offset + count > 64) {
            bits[(at >> 6) + 1] |= word >>> 64 - offset;
        }
    }

    static boolean get(long[] bits, int at) {
        return (bits[at >> 6] >>> at & 1L) != 0;
    }
}
