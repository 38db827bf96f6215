package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what an executor says that it runs with what it was told to run.
///
/// @param sets the stage attempts that are wanted
/// @param patienceMillis how old an order must be to count as lost
record Reconciliation(Map<StageAttempt, TaskSet> sets, long patienceMillis) {
    /// Whether the end of an attempt would change anything.
    boolean wants(TaskAttemptId task) {
        TaskSet set = sets.get(task.stage());
        return set != null && !set.hasEnded(task.partition());
    }

    /// Launches that never arrived are told again; tasks that nobody wants are stopped.
    void compare(
            ExecutorSlots slots,
            Collection<TaskAttemptId> running,
            List<TaskAction> actions,
            long now) {
        ExecutorId id = slots.info.id();
        Set<TaskAttemptId> there = new HashSet<>(running);
        for (Map.Entry<TaskAttemptId, Long> entry : slots.running.entrySet()) {
            TaskAttemptId task = entry.getKey();
            boolean here = there.remove(task);
            if (now - entry.getValue() < patienceMillis) {
                continue;
            }
            entry.setValue(now);
            if (!wants(task)) {
                actions.add(new TaskAction.Stop(id, task, "nobody waits for it any more"));
            } else if (slots.killed.containsKey(task)) {
                actions.add(new TaskAction.Stop(id, task, slots.killed.get(task)));
            } else if (!here) {
                TaskSet set = sets.get(task.stage());
                actions.add(new TaskAction.Launch(id, task, set.spec(task.partition())));
            }
        }
        for (TaskAttemptId task : there) {
            actions.add(new TaskAction.Stop(id, task, "the scheduler does not know it"));
        }
    }
}
