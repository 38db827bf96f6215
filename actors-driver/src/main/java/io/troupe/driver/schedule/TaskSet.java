package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tasks of one stage attempt: waiting, running, ended. Only tasks that failed or run have
/// state of their own.
final class TaskSet {
    private static final int RETRIES_LOOKED_AT = 16;

    final StageAttempt stage;
    final JobId job;
    private final List<TaskSpec> tasks;

    /// Position in `tasks` by partition; null where all partitions from 0 are there, so that both
    /// are the same.
    private final Map<Integer, Integer> positions;

    private final Map<ExecutorId, Deque<Integer>> preferring = new HashMap<>();
    private final Deque<Integer> indifferent = new ArrayDeque<>();
    private final Deque<Integer> retries = new ArrayDeque<>();

    /// Partitions that wait in no queue any more.
    private final BitSet taken = new BitSet();

    private final BitSet ended = new BitSet();
    private final Map<Integer, Troubled> troubled = new HashMap<>();
    private int waiting;

    /// A partition whose task failed before.
    private static final class Troubled {
        private int attempts;
        private int counted;
        private final Set<ExecutorId> on = new HashSet<>();
    }

    TaskSet(StageAttempt stage, JobId job, List<TaskSpec> tasks, List<ExecutorId> preferred) {
        this.stage = stage;
        this.job = job;
        this.tasks = tasks;
        Map<Integer, Integer> found = new HashMap<>();
        boolean dense = true;
        for (int i = 0; i < tasks.size(); i++) {
            int partition = tasks.get(i).partition();
            dense &= partition == i;
            if (!dense) {
                found.put(partition, i);
            }
            ExecutorId wish = preferred.isEmpty() ? null : preferred.get(i);
            Deque<Integer> queue =
                    wish == null
                            ? indifferent
                            : preferring.computeIfAbsent(wish, w -> new ArrayDeque<>());
            queue.add(partition);
        }
        for (int i = 0; i < tasks.size() && !dense; i++) {
            found.put(tasks.get(i).partition(), i);
        }
        positions = dense ? null : found;
        waiting = tasks.size();
    }

    boolean hasWaiting() {
        return waiting > 0;
    }

    boolean isOver() {
        return ended.cardinality() == tasks.size();
    }

    boolean hasEnded(int partition) {
        return ended.get(partition);
    }

    boolean end(int partition) {
        if (ended.get(partition)) {
            return false;
        }
        ended.set(partition);
        return true;
    }

    TaskSpec spec(int partition) {
        return tasks.get(positions == null ? partition : positions.get(partition));
    }

    /// The next attempt for an executor, or null if none should run there. Tasks that failed go
    /// first, but not where they failed while there are executors where they did not.
    ///
    /// @param otherExecutors how many other executors there are to choose from
    TaskAttemptId next(ExecutorId executor, int otherExecutors) {
        Integer partition = nextRetry(executor, otherExecutors);
        if (partition == null) {
            partition = poll(preferring.get(executor));
        }
        if (partition == null) {
            partition = poll(indifferent);
        }
        Iterator<Deque<Integer>> others = preferring.values().iterator();
        while (partition == null && others.hasNext()) {
            partition = poll(others.next());
            if (partition == null) {
                others.remove();
            }
        }
        if (partition == null) {
            return null;
        }
        waiting--;
        Troubled trouble = troubled.get(partition);
        return new TaskAttemptId(stage, partition, trouble == null ? 0 : trouble.attempts);
    }

    private Integer nextRetry(ExecutorId executor, int others) {
        for (int i = Math.min(RETRIES_LOOKED_AT, retries.size()); i > 0; i--) {
            Integer partition = retries.poll();
            if (ended.get(partition)) {
                waiting--;
                continue;
            }
            Troubled trouble = troubled.get(partition);
            if (!trouble.on.contains(executor) || trouble.on.size() > others) {
                return partition;
            }
            retries.add(partition);
        }
        return null;
    }

    private Integer poll(Deque<Integer> queue) {
        Integer partition = queue == null ? null : queue.poll();
        while (partition != null && taken.get(partition)) {
            partition = queue.poll();
        }
        if (partition != null) {
            taken.set(partition);
        }
        return partition;
    }

    /// Notes a failure and queues the task again.
    ///
    /// @return how many failures of this partition count by now
    int retry(TaskAttemptId task, ExecutorId executor, TaskFailure failure) {
        Troubled trouble = troubled.computeIfAbsent(task.partition(), p -> new Troubled());
        trouble.attempts = Math.max(trouble.attempts, task.attempt() + 1);
        trouble.on.add(executor);
        if (failure.counts()) {
            trouble.counted++;
        }
        retries.add(task.partition());
        waiting++;
        return trouble.counted;
    }
}
