package io.troupe.columnar.kernel;

/// A set of longs: linear probing over a table at most half full.
final class LongSet {
    private final long[] table;
    private final boolean[] used;
    private final int mask;

    LongSet(int expected) {
        int size = Integer.highestOneBit(Math.max(8, expected * 4) - 1) << 1;
        table = new long[size];
        used = new boolean[size];
        mask = size - 1;
    }

    private int slot(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (used[slot] && table[slot] != value) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    void add(long value) {
        int slot = slot(value);
        used[slot] = true;
        table[slot] = value;
    }

    boolean contains(long value) {
        return used[slot(value)];
    }
}
