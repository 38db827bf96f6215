package io.troupe.columnar.operator.exchange;

import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Vector;

/// Looks at one row in [#STEP] of what a task divides by hash, and tells the key that has a large
/// part of them: who waits for one partition wants to know which key fills it.
///
/// Counts by Misra and Gries (1982) with [#SLOTS] candidates, so that a key with more than a ninth
/// of the sampled rows is never lost.
final class KeySample {
    private static final int STEP = 509;
    private static final int SLOTS = 8;
    private static final int LEAST_SAMPLED = 32;
    private static final double LEAST_SHARE = 0.2;

    private final KeyText text;
    private final long[] hashes = new long[SLOTS];
    private final int[] counts = new int[SLOTS];
    private final String[] keys = new String[SLOTS];
    private long rows;
    private long sampled;
    private int next;

    KeySample(KeyText text) {
        this.text = text;
    }

    /// @param columns the keys' columns
    /// @param places the rows of the batch that exist
    /// @param hash the hash of each of them, in their order
    void look(Vector[] columns, int[] places, long[] hash, int count) {
        int at = next;
        for (; at < count; at += STEP) {
            count(columns, places[at], hash[at]);
        }
        next = at - count;
        rows += count;
    }

    private void count(Vector[] columns, int row, long hash) {
        sampled++;
        int free = -1;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (counts[slot] == 0) {
                free = slot;
            } else if (hashes[slot] == hash) {
                counts[slot]++;
                return;
            }
        }
        if (free < 0) {
            for (int slot = 0; slot < SLOTS; slot++) {
                counts[slot]--;
            }
            return;
        }
        hashes[free] = hash;
        counts[free] = 1;
        keys[free] = text.of(columns, row);
    }

    /// Adds `exchange.heavy.<key>.rows`, an estimate, for the key that has the most rows, if it has
    /// many.
    void tell(TaskMetrics metrics) {
        int most = 0;
        for (int slot = 1; slot < SLOTS; slot++) {
            most = counts[slot] > counts[most] ? slot : most;
        }
        if (sampled >= LEAST_SAMPLED
                && counts[most] >= LEAST_SHARE * sampled
                && keys[most] != null) {
            long estimate = (long) ((double) counts[most] / sampled * rows);
            metrics.add("exchange.heavy." + keys[most] + ".rows", estimate);
        }
    }
}
