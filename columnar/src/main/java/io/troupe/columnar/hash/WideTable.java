package io.troupe.columnar.hash;

import java.util.Arrays;

/// Distinct keys of `width` longs each, numbered in order of arrival. Linear probing over numbers.
final class WideTable {
    private final int width;
    private int[] slots = new int[1024];
    private int[] hashes = new int[256];
    private long[] keys;
    private int size;

    WideTable(int width) {
        this.width = width;
        keys = new long[256 * width];
    }

    int size() {
        return size;
    }

    /// Key `n` is words `n * width` and on.
    long[] keys() {
        return keys;
    }

    long bytes() {
        return 4L * (slots.length + hashes.length) + 8L * keys.length;
    }

    private int hash(long[] words, int at) {
        long h = 0;
        for (int w = 0; w < width; w++) {
            h = Hashing.combine(h, words[at + w]);
        }
        return (int) h;
    }

    private boolean same(int id, long[] words, int at) {
        int base = id * width;
        for (int w = 0; w < width; w++) {
            if (keys[base + w] != words[at + w]) {
                return false;
            }
        }
        return true;
    }

    void assign(long[] words, int count, int[] ids) {
        for (int i = 0; i < count; i++) {
            int at = i * width;
            int hash = hash(words, at);
            int mask = slots.length - 1;
            int slot = hash & mask;
            int id = slots[slot] - 1;
            while (id >= 0 && (hashes[id] != hash || !same(id, words, at))) {
                slot = slot + 1 & mask;
                id = slots[slot] - 1;
            }
            ids[i] = id >= 0 ? id : add(slot, hash, words, at);
        }
    }

    /// Finds numbers; -1 for unknown keys and where `missing` (null: nowhere) is 1.
    void find(long[] words, byte[] missing, int count, int[] ids) {
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            if (missing != null && missing[i] != 0) {
                ids[i] = -1;
                continue;
            }
            int at = i * width;
            int hash = hash(words, at);
            int slot = hash & mask;
            int id = slots[slot] - 1;
            while (id >= 0 && (hashes[id] != hash || !same(id, words, at))) {
                slot = slot + 1 & mask;
                id = slots[slot] - 1;
            }
            ids[i] = id;
        }
    }

    private int add(int slot, int hash, long[] words, int at) {
        int id = size++;
        if (id == hashes.length) {
            hashes = Arrays.copyOf(hashes, id * 2);
            keys = Arrays.copyOf(keys, Math.multiplyExact(id * 2, width));
        }
        hashes[id] = hash;
        System.arraycopy(words, at, keys, id * width, width);
        slots[slot] = size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return id;
    }

    private void rehash() {
        int[] larger = new int[slots.length * 2];
        int mask = larger.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = id + 1;
        }
        slots = larger;
    }

    /// Takes over keys that were numbered elsewhere.
    void load(long[] words, int count) {
        assign(words, count, new int[count]);
    }
}
