package io.troupe.columnar.hash;

import io.troupe.columnar.vector.BytesVector;
import java.util.Arrays;

/// Byte strings numbered in order of arrival. Linear probing over ids; the bytes lie one after
/// another. One writer; readers of a table that no longer changes may be many.
final class Interner {
    private int[] slots = new int[64];
    private int[] hashes = new int[32];
    private int[] offsets = new int[33];
    private byte[] data = new byte[512];
    private int size;

    int size() {
        return size;
    }

    long bytes() {
        return 4L * (slots.length + hashes.length + offsets.length) + data.length;
    }

    /// The number of the bytes, -1 when they are unknown.
    int find(byte[] source, int from, int length) {
        int hash = (int) Hashing.bytes(source, from, length);
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            int id = slots[slot] - 1;
            if (id < 0 || hashes[id] == hash && same(id, source, from, length)) {
                return id;
            }
        }
    }

    /// The number of the bytes; unknown ones get the next number.
    int intern(byte[] source, int from, int length) {
        int hash = (int) Hashing.bytes(source, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (true) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add(slot, hash, source, from, length);
            }
            if (hashes[id] == hash && same(id, source, from, length)) {
                return id;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean same(int id, byte[] source, int from, int length) {
        return Arrays.equals(data, offsets[id], offsets[id + 1], source, from, from + length);
    }

    private int add(int slot, int hash, byte[] source, int from, int length) {
        int id = size++;
        if (id >= hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2 + 1);
        }
        int end = Math.addExact(offsets[id], length);
        if (end > data.length) {
            data =
                    Arrays.copyOf(
                            data,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 16L,
                                            Math.max(end, 2L * data.length)));
        }
        System.arraycopy(source, from, data, offsets[id], length);
        offsets[id + 1] = end;
        hashes[id] = hash;
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

    /// All strings by number; valid as long as it is used, later additions do not disturb it.
    BytesVector snapshot() {
        return new BytesVector(data, offsets, size, null);
    }
}
