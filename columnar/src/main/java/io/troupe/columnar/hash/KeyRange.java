package io.troupe.columnar.hash;

/// Smallest and largest value of a key column so far.
final class KeyRange {
    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    boolean seen() {
        return low <= high;
    }

    void add(long[] values, byte[] nulls, int count) {
        long least = low;
        long most = high;
        if (nulls == null) {
            for (int i = 0; i < count; i++) {
                least = Math.min(least, values[i]);
                most = Math.max(most, values[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                if (nulls[i] == 0) {
                    least = Math.min(least, values[i]);
                    most = Math.max(most, values[i]);
                }
            }
        }
        low = least;
        high = most;
    }

    /// The range of numbers 0 to `size` (exclusive).
    void numbers(int size) {
        if (size > 0) {
            low = 0;
            high = size - 1;
        }
    }
}
