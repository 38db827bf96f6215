package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// The executors of an application: those in service, which of them may be given tasks, and those
/// that were given up of late.
final class Fleet {
    private static final int LOST_REMEMBERED = 10_000;

    private final SchedulingPolicy.Exclusion exclusion;
    private final Map<ExecutorId, ExecutorSlots> executors = new HashMap<>();
    private final SequencedSet<ExecutorId> lost = new LinkedHashSet<>();
    private final Deque<ExecutorSlots> free = new ArrayDeque<>();
    private int totalSlots;
    private int usable;

    Fleet(SchedulingPolicy.Exclusion exclusion) {
        this.exclusion = exclusion;
    }

    void join(ExecutorInfo info) {
        ExecutorSlots slots = new ExecutorSlots(info);
        executors.put(info.id(), slots);
        totalSlots += info.slots();
        usable++;
        offer(slots);
    }

    /// Gives an executor up.
    ///
    /// @return what it was, or null if it was not in service
    ExecutorSlots remove(ExecutorId id) {
        if (!lost.add(id)) {
            return null;
        }
        if (lost.size() > LOST_REMEMBERED) {
            lost.removeFirst();
        }
        ExecutorSlots gone = executors.remove(id);
        if (gone != null) {
            totalSlots -= gone.info.slots();
            usable -= gone.isUsable() ? 1 : 0;
            admitAllIfNoneIsLeft();
        }
        return gone;
    }

    boolean wasLost(ExecutorId id) {
        return lost.contains(id);
    }

    ExecutorSlots get(ExecutorId id) {
        return executors.get(id);
    }

    Collection<ExecutorSlots> all() {
        return executors.values();
    }

    int totalSlots() {
        return totalSlots;
    }

    int runningTasks() {
        return executors.values().stream().mapToInt(slots -> slots.running.size()).sum();
    }

    /// How many executors may be given tasks.
    int usable() {
        return usable;
    }

    boolean isUsable(ExecutorId id) {
        ExecutorSlots slots = executors.get(id);
        return slots != null && slots.isUsable();
    }

    /// Puts an executor in the queue of those with free slots, if it has any and may be used.
    void offer(ExecutorSlots slots) {
        if (!slots.queued && slots.isUsable() && slots.free() > 0) {
            slots.queued = true;
            free.add(slots);
        }
    }

    /// Whether any executor has a slot that may be used.
    boolean anyFree() {
        return executors.values().stream().anyMatch(slots -> slots.isUsable() && slots.free() > 0);
    }

    /// How many executors stand in the queue.
    int queued() {
        return free.size();
    }

    /// The next executor of the queue, or null if it turns out to have no slot to give.
    ExecutorSlots poll() {
        ExecutorSlots slots = free.poll();
        slots.queued = false;
        boolean serves =
                executors.get(slots.info.id()) == slots && slots.isUsable() && slots.free() > 0;
        return serves ? slots : null;
    }

    /// An executor leaves: it gets no more tasks.
    void drain(ExecutorSlots slots, String reason, long now) {
        usable -= slots.isUsable() ? 1 : 0;
        slots.drain = new ExecutorSlots.Drain(reason, now);
        admitAllIfNoneIsLeft();
    }

    /// Counts a failure against the executor.
    ///
    /// @return whether it is excluded from now on
    boolean failed(ExecutorSlots slots, TaskAttemptId task, TaskFailure failure, long now) {
        if (!exclusion.enabled() || !failure.counts() || !slots.isUsable()) {
            return false;
        }
        slots.failures.values().removeIf(since -> now - since >= exclusion.expiryMillis());
        slots.failures.put(task.task(), now);
        if (slots.failures.size() < exclusion.failures() || usable <= 1) {
            return false;
        }
        slots.failures.clear();
        slots.excludedUntil = now + exclusion.expiryMillis();
        usable--;
        return true;
    }

    /// Lets executors be used again whose exclusion is over.
    ///
    /// @return those executors
    List<ExecutorId> admit(long now) {
        List<ExecutorId> back = new ArrayList<>();
        for (ExecutorSlots slots : executors.values()) {
            if (slots.excludedUntil != ExecutorSlots.NOT_EXCLUDED && now >= slots.excludedUntil) {
                admit(slots);
                back.add(slots.info.id());
            }
        }
        return back;
    }

    private void admitAllIfNoneIsLeft() {
        if (usable == 0) {
            executors.values().forEach(this::admit);
        }
    }

    private void admit(ExecutorSlots slots) {
        boolean was = slots.isUsable();
        slots.excludedUntil = ExecutorSlots.NOT_EXCLUDED;
        usable += !was && slots.isUsable() ? 1 : 0;
        offer(slots);
    }
}
