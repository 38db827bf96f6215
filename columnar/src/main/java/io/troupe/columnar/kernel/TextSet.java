package io.troupe.columnar.kernel;

import io.troupe.columnar.hash.Hashing;
import java.util.Arrays;
import java.util.List;

/// A set of byte strings that is asked for slices of larger arrays: linear probing over a table at
/// most half full, after a look at the lengths that occur.
final class TextSet {
    private final byte[][] table;
    private final long[] hashes;
    private final int mask;

    /// Bit `min(length, 63)` is set when a member has the length.
    private long lengths;

    TextSet(List<byte[]> members) {
        int size = Integer.highestOneBit(Math.max(8, members.size() * 4) - 1) << 1;
        table = new byte[size][];
        hashes = new long[size];
        mask = size - 1;
        for (byte[] member : members) {
            long hash = Hashing.bytes(member, 0, member.length);
            int slot = (int) hash & mask;
            while (table[slot] != null && !Arrays.equals(table[slot], member)) {
                slot = slot + 1 & mask;
            }
            table[slot] = member;
            hashes[slot] = hash;
            lengths |= 1L << Math.min(member.length, 63);
        }
    }

    boolean contains(byte[] data, int from, int to) {
        int length = to - from;
        if ((lengths >>> Math.min(length, 63) & 1) == 0) {
            return false;
        }
        long hash = Hashing.bytes(data, from, length);
        int slot = (int) hash & mask;
        while (table[slot] != null) {
            byte[] member = table[slot];
            if (hashes[slot] == hash && Arrays.equals(member, 0, member.length, data, from, to)) {
                return true;
            }
            slot = slot + 1 & mask;
        }
        return false;
    }
}
