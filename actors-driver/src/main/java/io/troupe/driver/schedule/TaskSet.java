package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    /// Over how many of the last tasks the mean of their times is taken, about.
    private static final int MEANT = 8;

    final StageAttempt stage;
    final JobId job;
    final String pool;
    final Durations durations = new Durations();
    private final List<TaskSpec> tasks;

    /// Position in `tasks` by partition; null where all partitions from 0 are there, so that both
    /// are the same.
    private final Map<Integer, Integer> positions;

    private final Map<ExecutorId, Deque<Integer>> preferring = new HashMap<>();
    private final Deque<Integer> indifferent = new ArrayDeque<>();

    /// Partitions to be run once more: after a failure, or beside a slow attempt.
    private final Deque<Integer> again = new ArrayDeque<>();

    private final BitSet ended = new BitSet();
    private int endedCount;
    private final Map<Integer, Tried> tried = new HashMap<>();
    private final Map<Integer, List<Running>> running = new HashMap<>();
    private int runningCount;
    private int waiting;
    private long meanRunNanos;

    /// An attempt that an executor is to run.
    record Choice(TaskSet set, TaskAttemptId task) {}

    /// An attempt that holds a slot.
    record Running(TaskAttemptId task, ExecutorId executor, long since) {}

    /// A partition that one attempt did not suffice for.
    private static final class Tried {
        private int nextAttempt;
        private int counted;
        private boolean queued;

        /// Executors where it failed or is slow.
        private final Set<ExecutorId> on = new HashSet<>();
    }

    TaskSet(DagAction.RunTasks run) {
        this.stage = run.bundle().stage();
        this.job = run.job();
        this.pool = run.pool();
        this.tasks = run.tasks();
        Map<Integer, Integer> found = new HashMap<>();
        boolean dense = true;
        for (int i = 0; i < tasks.size(); i++) {
            int partition = tasks.get(i).partition();
            dense &= partition == i;
            if (!dense) {
                found.put(partition, i);
            }
            ExecutorId wish = run.preferred().isEmpty() ? null : run.preferred().get(i);
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

    int size() {
        return tasks.size();
    }

    int endedCount() {
        return endedCount;
    }

    boolean hasWaiting() {
        return waiting > 0;
    }

    boolean isOver() {
        return endedCount == tasks.size();
    }

    boolean hasEnded(int partition) {
        return ended.get(partition);
    }

    boolean end(int partition) {
        if (ended.get(partition)) {
            return false;
        }
        ended.set(partition);
        endedCount++;
        return true;
    }

    TaskSpec spec(int partition) {
        return tasks.get(positions == null ? partition : positions.get(partition));
    }

    /// The next attempt for an executor, or null if none should run there. Tasks that were tried go
    /// first, but not where they failed or are slow while others may be used.
    Choice next(ExecutorId executor, Fleet fleet) {
        Integer partition = nextAgain(executor, fleet);
        if (partition == null) {
            partition = poll(preferring.get(executor));
        }
        if (partition == null) {
            partition = indifferent.poll();
        }
        Iterator<Deque<Integer>> others = preferring.values().iterator();
        while (partition == null && others.hasNext()) {
            partition = others.next().poll();
            if (partition == null) {
                others.remove();
            }
        }
        return partition == null ? null : choice(partition);
    }

    /// The next attempt that may wait at an executor whose slots are taken: none that is better run
    /// elsewhere.
    Choice nextAhead(ExecutorId executor) {
        Integer partition = poll(preferring.get(executor));
        if (partition == null) {
            partition = indifferent.poll();
        }
        return partition == null ? null : choice(partition);
    }

    private Choice choice(int partition) {
        waiting--;
        Tried before = tried.get(partition);
        return new Choice(
                this, new TaskAttemptId(stage, partition, before == null ? 0 : before.nextAttempt));
    }

    private static Integer poll(Deque<Integer> queue) {
        return queue == null ? null : queue.poll();
    }

    private Integer nextAgain(ExecutorId executor, Fleet fleet) {
        for (int i = Math.min(RETRIES_LOOKED_AT, again.size()); i > 0; i--) {
            Integer partition = again.poll();
            Tried before = tried.get(partition);
            if (ended.get(partition)) {
                before.queued = false;
                waiting--;
                continue;
            }
            if (!before.on.contains(executor) || mustRepeat(before, partition, fleet)) {
                before.queued = false;
                return partition;
            }
            again.add(partition);
        }
        return null;
    }

    /// Whether there is no executor where it did not fail. A second copy never runs beside the
    /// first.
    private boolean mustRepeat(Tried before, int partition, Fleet fleet) {
        return !running.containsKey(partition)
                && before.on.stream().filter(fleet::isUsable).count() >= fleet.usable();
    }

    /// An attempt took a slot.
    void launched(TaskAttemptId task, ExecutorId executor, long now) {
        running.computeIfAbsent(task.partition(), p -> new ArrayList<>(1))
                .add(new Running(task, executor, now));
        runningCount++;
        Tried before = tried.get(task.partition());
        if (before != null) {
            before.nextAttempt = Math.max(before.nextAttempt, task.attempt() + 1);
        }
    }

    /// An attempt left its slot.
    ///
    /// @return the attempt as it was launched, or null if it held none
    Running left(TaskAttemptId task) {
        List<Running> of = running.get(task.partition());
        for (int i = 0; of != null && i < of.size(); i++) {
            if (of.get(i).task().equals(task)) {
                Running gone = of.remove(i);
                runningCount--;
                if (of.isEmpty()) {
                    running.remove(task.partition());
                }
                return gone;
            }
        }
        return null;
    }

    /// A task ran for that long.
    void ran(long nanos) {
        meanRunNanos += (nanos - meanRunNanos) / Math.clamp(endedCount, 1, MEANT);
    }

    /// How long its tasks run, the last ones above all.
    long meanRunNanos() {
        return meanRunNanos;
    }

    int runningCount() {
        return runningCount;
    }

    /// Attempts of a partition that hold a slot.
    List<Running> running(int partition) {
        return running.getOrDefault(partition, List.of());
    }

    /// All attempts that hold a slot.
    List<Running> running() {
        List<Running> all = new ArrayList<>(runningCount);
        running.values().forEach(all::addAll);
        return all;
    }

    /// Notes a failure and queues the task again, unless another attempt of it runs or is queued.
    ///
    /// @param counts whether it counts against the limit of tries
    /// @return how many failures of this partition count by now
    int retry(TaskAttemptId task, ExecutorId executor, boolean counts) {
        Tried before = tried.computeIfAbsent(task.partition(), p -> new Tried());
        before.nextAttempt = Math.max(before.nextAttempt, task.attempt() + 1);
        before.on.add(executor);
        before.counted += counts ? 1 : 0;
        if (!before.queued && !running.containsKey(task.partition())) {
            queue(task.partition(), before);
        }
        return before.counted;
    }

    /// Queues a second copy of an attempt that is slow.
    void copy(Running slow) {
        Tried before = tried.computeIfAbsent(slow.task().partition(), p -> new Tried());
        if (!before.queued) {
            before.nextAttempt = Math.max(before.nextAttempt, slow.task().attempt() + 1);
            before.on.add(slow.executor());
            queue(slow.task().partition(), before);
        }
    }

    private void queue(int partition, Tried before) {
        before.queued = true;
        again.add(partition);
        waiting++;
    }
}
