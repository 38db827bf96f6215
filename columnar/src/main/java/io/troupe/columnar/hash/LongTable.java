package io.troupe.columnar.hash;

import java.util.Arrays;

/// Distinct longs numbered in order of arrival. Either a direct-address array (when keys are codes
/// of few bits, or dense), or linear probing over (key, number + 1) pairs in one array, so that a
/// probe touches one cache line.
final class LongTable {
    private static final int ALWAYS_DIRECT_BITS = 16;
    private static final int MAX_DIRECT_BITS = 26;
    private static final int DIRECT_SLOTS_PER_KEY = 8;

    private int bits;
    private int[] direct;
    private long[] pairs;
    private int mask;
    private long[] keys = new long[64];
    private int size;

    /// A table of keys below 2^bits (64: any).
    LongTable(int bits) {
        this.bits = bits;
        lay(0);
    }

    int size() {
        return size;
    }

    /// Keys by number.
    long[] keys() {
        return keys;
    }

    long bytes() {
        return 8L * keys.length + (direct != null ? 4L * direct.length : 8L * pairs.length);
    }

    /// Replaces the keys (same numbers) after their coding changed.
    void recode(long[] renewed, int bits) {
        this.keys = renewed;
        this.bits = bits;
        lay(size);
    }

    /// Lays the table out for `expected` keys, choosing its form.
    private void lay(int expected) {
        boolean dense =
                bits <= MAX_DIRECT_BITS && 1L << bits <= (long) DIRECT_SLOTS_PER_KEY * expected;
        if (bits <= ALWAYS_DIRECT_BITS || dense) {
            pairs = null;
            direct = new int[1 << bits];
            for (int id = 0; id < size; id++) {
                direct[(int) keys[id]] = id + 1;
            }
            return;
        }
        direct = null;
        int capacity =
                Integer.highestOneBit(Math.max(512, Math.min(1 << 28, expected)) * 2 - 1) * 2;
        pairs = new long[2 * capacity];
        mask = capacity - 1;
        for (int id = 0; id < size; id++) {
            int slot = slot(keys[id]);
            while (pairs[2 * slot + 1] != 0) {
                slot = slot + 1 & mask;
            }
            pairs[2 * slot] = keys[id];
            pairs[2 * slot + 1] = id + 1;
        }
    }

    private int slot(long key) {
        return (int) (Hashing.mix(key) >>> 20) & mask;
    }

    /// Numbers the codes, inserting unknown ones.
    void assign(long[] codes, int count, int[] ids) {
        if (direct != null) {
            assignDirect(codes, count, ids);
        } else {
            assignHashed(codes, 0, count, ids);
        }
    }

    private void assignDirect(long[] codes, int count, int[] ids) {
        int[] table = direct;
        for (int i = 0; i < count; i++) {
            int id = table[(int) codes[i]];
            if (id == 0) {
                id = add(codes[i]);
                table[(int) codes[i]] = id;
            }
            ids[i] = id - 1;
        }
    }

    private void assignHashed(long[] codes, int from, int count, int[] ids) {
        long[] table = pairs;
        for (int i = from; i < count; i++) {
            long code = codes[i];
            int slot = slot(code);
            long id = table[2 * slot + 1];
            while (id != 0 && table[2 * slot] != code) {
                slot = slot + 1 & mask;
                id = table[2 * slot + 1];
            }
            if (id == 0) {
                id = add(code);
                table[2 * slot] = code;
                table[2 * slot + 1] = id;
                if (4L * size > table.length) {
                    ids[i] = (int) id - 1;
                    lay(size);
                    assignRest(codes, i + 1, count, ids);
                    return;
                }
            }
            ids[i] = (int) id - 1;
        }
    }

    private void assignRest(long[] codes, int from, int count, int[] ids) {
        if (direct == null) {
            assignHashed(codes, from, count, ids);
            return;
        }
        long[] rest = Arrays.copyOfRange(codes, from, count);
        int[] numbered = new int[rest.length];
        assignDirect(rest, rest.length, numbered);
        System.arraycopy(numbered, 0, ids, from, rest.length);
    }

    private int add(long code) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size++] = code;
        return size;
    }

    /// Lays the table out anew for the keys that it has: no more will come.
    void seal() {
        if (direct == null) {
            lay(size);
        }
    }

    /// Finds numbers; -1 for unknown codes and where `missing` (null: nowhere) is 1.
    void find(long[] codes, byte[] missing, int count, int[] ids) {
        if (direct != null) {
            findDirect(codes, missing, count, ids);
        } else {
            findHashed(codes, missing, count, ids);
        }
    }

    private void findDirect(long[] codes, byte[] missing, int count, int[] ids) {
        int[] table = direct;
        if (missing == null) {
            for (int i = 0; i < count; i++) {
                ids[i] = table[(int) codes[i]] - 1;
            }
        } else {
            for (int i = 0; i < count; i++) {
                ids[i] = missing[i] != 0 ? -1 : table[(int) codes[i]] - 1;
            }
        }
    }

    private void findHashed(long[] codes, byte[] missing, int count, int[] ids) {
        long[] table = pairs;
        for (int i = 0; i < count; i++) {
            if (missing != null && missing[i] != 0) {
                ids[i] = -1;
                continue;
            }
            long code = codes[i];
            int slot = slot(code);
            long id = table[2 * slot + 1];
            while (id != 0 && table[2 * slot] != code) {
                slot = slot + 1 & mask;
                id = table[2 * slot + 1];
            }
            ids[i] = (int) id - 1;
        }
    }
}
