package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// One executor's slots and what runs in them.
final class ExecutorSlots {
    static final long NOT_EXCLUDED = Long.MIN_VALUE;

    final ExecutorInfo info;

    /// Attempts that it has, in the order of their launch, with its time in milliseconds. Those
    /// beyond the slots wait there for a slot.
    final SequencedMap<TaskAttemptId, Long> running = new LinkedHashMap<>();

    /// Attempts that were told to end, so that their tasks are tried once more, with the reason.
    final Map<TaskAttemptId, String> killed = new HashMap<>();

    /// Tasks that failed here of late, with the time of their last failure.
    final Map<TaskId, Long> failures = new HashMap<>();

    long excludedUntil = NOT_EXCLUDED;

    /// Whether the executor stands in the queue of those with free slots.
    boolean queued;

    /// Its leaving; null while it stays.
    Drain drain;

    /// An executor's leaving: its outputs are copied elsewhere while its tasks run to their ends,
    /// then those that the last tasks left; then the stage attempts end that were told to read from
    /// it; then it is given up.
    static final class Drain {
        final String reason;
        final long since;
        private boolean lastAsked;
        private boolean lastListed;

        /// Stage attempts that may still read from it; null until all is copied.
        private Set<StageAttempt> readers;

        Drain(String reason, long since) {
            this.reason = reason;
            this.since = since;
        }

        /// Nothing runs any more. True once: the outputs must be listed a last time.
        boolean lastListing() {
            boolean first = !lastAsked;
            lastAsked = true;
            return first;
        }

        /// All outputs that lay here were ordered to be copied.
        void listed() {
            lastListed = lastAsked;
        }

        /// Whether nobody needs the executor any more.
        ///
        /// @param copying whether copies from it are still made
        /// @param active the stage attempts that run
        boolean isReadOut(boolean copying, Set<StageAttempt> active) {
            if (!lastListed || copying) {
                return false;
            }
            if (readers == null) {
                readers = new HashSet<>(active);
            }
            readers.retainAll(active);
            return readers.isEmpty();
        }
    }

    ExecutorSlots(ExecutorInfo info) {
        this.info = info;
    }

    /// Slots that nothing is for; below zero where tasks wait for one.
    int free() {
        return info.slots() - running.size();
    }

    /// Whether it may be given tasks.
    boolean isUsable() {
        return drain == null && excludedUntil == NOT_EXCLUDED;
    }
}
