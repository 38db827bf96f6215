package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.HashMap;
import java.util.Map;

/// One executor's slots and what runs in them.
final class ExecutorSlots {
    final ExecutorInfo info;

    /// Running attempts with the time of their launch in milliseconds.
    final Map<TaskAttemptId, Long> running = new HashMap<>();

    /// Whether the executor stands in the queue of those with free slots.
    boolean queued;

    ExecutorSlots(ExecutorInfo info) {
        this.info = info;
    }

    int free() {
        return info.slots() - running.size();
    }
}
