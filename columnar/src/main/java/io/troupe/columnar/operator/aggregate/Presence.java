package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Bitmap;
import java.util.Arrays;

/// Which groups have had a value. Once all have, marking costs nothing.
final class Presence {
    private byte[] seen = new byte[16];
    private int groups;
    private int present;

    void reserve(int groups) {
        this.groups = Math.max(this.groups, groups);
        if (groups > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(groups, seen.length * 2));
        }
    }

    void mark(int[] groupOf, int count) {
        if (present == groups) {
            return;
        }
        byte[] flags = seen;
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            int group = groupOf[i];
            fresh += 1 - flags[group];
            flags[group] = 1;
        }
        present += fresh;
    }

    boolean get(int group) {
        return seen[group] != 0;
    }

    /// The bitmap of the groups `from` to `from + count`; null when all have a value.
    long[] validity(int from, int count) {
        if (present == groups) {
            return null;
        }
        long[] bits = new long[Bitmap.words(count)];
        int set = 0;
        for (int i = 0; i < count; i++) {
            if (seen[from + i] != 0) {
                Bitmap.set(bits, i);
                set++;
            }
        }
        return set == count ? null : bits;
    }

    long bytes() {
        return seen.length;
    }
}
