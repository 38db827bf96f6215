package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the slots of the executors that are in service. Written by the scheduler's thread, read
/// by any.
final class SlotCount implements SchedulerListener {
    private final Map<ExecutorId, Integer> slots = new ConcurrentHashMap<>();

    @Override
    public void executorJoined(ExecutorInfo executor) {
        slots.put(executor.id(), executor.slots());
    }

    @Override
    public void executorLost(ExecutorId executor, String reason) {
        slots.remove(executor);
    }

    /// Slots there are now; at least 1.
    int now() {
        return Math.max(1, slots.values().stream().mapToInt(Integer::intValue).sum());
    }

    /// Executors there are now.
    int executors() {
        return slots.size();
    }
}
