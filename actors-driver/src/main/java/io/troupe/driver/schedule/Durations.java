package io.troupe.driver.schedule;

import java.util.Arrays;

/// How long the tasks of a stage attempt took: the latest of them, which is enough for a median.
final class Durations {
    private static final int KEPT = 512;

    private long[] millis = new long[8];
    private int count;

    void add(long duration) {
        if (count == millis.length && count < KEPT) {
            millis = Arrays.copyOf(millis, 2 * count);
        }
        millis[count % millis.length] = duration;
        count++;
    }

    /// The median; of none, the longest time there is.
    long median() {
        int known = Math.min(count, millis.length);
        if (known == 0) {
            return Long.MAX_VALUE;
        }
        long[] sorted = Arrays.copyOf(millis, known);
        Arrays.sort(sorted);
        return sorted[known / 2];
    }
}
