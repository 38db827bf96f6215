package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;

/// Decides where and when tasks run: facts in, actions out, a bounded amount of work per fact.
/// Facts may come late, twice or out of order; a slot is freed by the end of the very attempt that
/// took it and by nothing else. Used by one thread.
public final class TaskDecisions {
    /// Jobs in the order of their submission, stages of a job in the order of their numbers.
    private static final Comparator<StageAttempt> WITHIN_JOB =
            Comparator.comparing(StageAttempt::stage).thenComparingInt(StageAttempt::attempt);

    private static final int DROPPED_REMEMBERED = 10_000;

    private final TaskLimits limits;
    private final Map<ExecutorId, ExecutorSlots> executors = new HashMap<>();
    private final Set<ExecutorId> lost = new HashSet<>();
    private final Deque<ExecutorSlots> free = new ArrayDeque<>();
    private final Map<StageAttempt, TaskSet> sets = new HashMap<>();
    private final TreeMap<JobId, TreeMap<StageAttempt, TaskSet>> order = new TreeMap<>();

    /// Queries dropped of late, oldest first: an executor that still holds something of one is told
    /// again.
    private final SequencedSet<QueryId> dropped = new LinkedHashSet<>();

    private final CommitDecisions commits = new CommitDecisions();
    private List<TaskAction> actions = new ArrayList<>();
    private int totalSlots;
    private long starvedSince = -1;

    /// @param limits when to give up
    public TaskDecisions(TaskLimits limits) {
        this.limits = limits;
    }

    /// An executor offers its slots. Repeated offers change nothing; one that was declared lost
    /// stays lost.
    public List<TaskAction> executorJoined(ExecutorInfo info, long now) {
        if (lost.contains(info.id())) {
            actions.add(new TaskAction.Dismiss(info.id(), "it joined too late"));
        } else if (!executors.containsKey(info.id())) {
            executors.put(info.id(), new ExecutorSlots(info));
            totalSlots += info.slots();
            actions.add(new TaskAction.Joined(info.id(), totalSlots));
            offer(executors.get(info.id()));
            assign(now);
        }
        return take();
    }

    /// An executor is gone, however that was noticed. Its tasks are tried elsewhere.
    public List<TaskAction> executorLost(ExecutorId id, String reason, long now) {
        if (!lost.add(id)) {
            return take();
        }
        ExecutorSlots gone = executors.remove(id);
        if (gone == null) {
            return take();
        }
        totalSlots -= gone.info.slots();
        actions.add(new TaskAction.Lost(id, reason, totalSlots));
        actions.add(new TaskAction.Dismiss(id, reason));
        TaskFailure failure = new TaskFailure.ExecutorLost(id, reason);
        for (TaskAttemptId task : List.copyOf(gone.running.keySet())) {
            gone.running.remove(task);
            ended(task, id, failure, TaskMetrics.NONE);
        }
        assign(now);
        return take();
    }

    /// Tasks of a stage attempt are to be run.
    public List<TaskAction> submit(DagAction.RunTasks run, long now) {
        TaskSet set = new TaskSet(run.bundle().stage(), run.job(), run.tasks(), run.preferred());
        sets.put(set.stage, set);
        order.computeIfAbsent(set.job, job -> new TreeMap<>(WITHIN_JOB)).put(set.stage, set);
        assign(now);
        return take();
    }

    /// A stage attempt is no longer wanted.
    public List<TaskAction> cancel(StageAttempt stage, String reason, long now) {
        if (remove(stage) != null) {
            stopRunning(stage, reason);
            assign(now);
        }
        return take();
    }

    private void stopRunning(StageAttempt stage, String reason) {
        for (ExecutorSlots executor : executors.values()) {
            for (TaskAttemptId task : executor.running.keySet()) {
                if (task.stage().equals(stage)) {
                    actions.add(new TaskAction.Stop(executor.info.id(), task, reason));
                }
            }
        }
    }

    /// A task attempt ended well.
    public List<TaskAction> succeeded(
            TaskAttemptId task,
            ExecutorId executor,
            TaskOutput output,
            TaskMetrics metrics,
            long now) {
        ExecutorSlots slots = executors.get(executor);
        if (slots == null) {
            return take();
        }
        boolean wasRunning = release(slots, task);
        TaskSet set = sets.get(task.stage());
        if (set == null || set.end(task.partition())) {
            if (set != null || wasRunning) {
                actions.add(new TaskAction.Succeeded(task, slots.info.address(), output, metrics));
            }
            if (set != null && set.isOver()) {
                remove(task.stage());
            }
        }
        assign(now);
        return take();
    }

    /// A task attempt did not end well.
    public List<TaskAction> failed(
            TaskAttemptId task,
            ExecutorId executor,
            TaskFailure failure,
            TaskMetrics metrics,
            long now) {
        ExecutorSlots slots = executors.get(executor);
        if (slots != null && release(slots, task)) {
            ended(task, executor, failure, metrics);
            assign(now);
        }
        return take();
    }

    private void ended(
            TaskAttemptId task, ExecutorId executor, TaskFailure failure, TaskMetrics metrics) {
        commits.failed(task);
        actions.add(new TaskAction.Failed(task, executor, failure, metrics));
        TaskSet set = sets.get(task.stage());
        if (set == null || set.hasEnded(task.partition())) {
            return;
        }
        if (failure instanceof TaskFailure.CommitDenied && commits.heldByAnother(task)) {
            return;
        }
        if (failure instanceof TaskFailure.FetchFailure fetch) {
            actions.add(new TaskAction.InputLost(task, fetch));
            return;
        }
        if (failure instanceof TaskFailure.TaskError error && error.deterministic()) {
            giveUp(set, error);
            return;
        }
        int failures = set.retry(task, executor, failure);
        if (failures >= limits.maxFailures()) {
            String what =
                    "task "
                            + task.partition()
                            + " of "
                            + task.stage().stage()
                            + " failed "
                            + failures
                            + " times";
            giveUp(
                    set,
                    limits.maxFailures() == 1 ? failure : new TaskFailure.GivenUp(what, failure));
        }
    }

    private void giveUp(TaskSet set, TaskFailure failure) {
        remove(set.stage);
        stopRunning(set.stage, "another task of the stage failed");
        actions.add(new TaskAction.GaveUp(set.stage, failure));
    }

    /// What an executor says that it runs and holds. Launches that never arrived are told again;
    /// tasks that nobody wants are stopped.
    public List<TaskAction> heartbeat(
            ExecutorId id,
            Collection<TaskAttemptId> running,
            Collection<QueryId> queries,
            long now) {
        ExecutorSlots slots = executors.get(id);
        if (slots == null) {
            if (lost.contains(id)) {
                actions.add(new TaskAction.Dismiss(id, "it was gone too long"));
            }
            return take();
        }
        for (QueryId query : queries) {
            if (dropped.contains(query)) {
                actions.add(new TaskAction.Drop(id, query));
            }
        }
        Set<TaskAttemptId> there = new HashSet<>(running);
        for (Map.Entry<TaskAttemptId, Long> entry : slots.running.entrySet()) {
            TaskAttemptId task = entry.getKey();
            if (!there.contains(task) && now - entry.getValue() >= limits.relaunchMillis()) {
                entry.setValue(now);
                TaskSet set = sets.get(task.stage());
                if (set != null) {
                    actions.add(new TaskAction.Launch(id, task, set.spec(task.partition())));
                } else {
                    actions.add(new TaskAction.Stop(id, task, "its stage is over"));
                }
            }
        }
        for (TaskAttemptId task : there) {
            if (!slots.running.containsKey(task)) {
                actions.add(new TaskAction.Stop(id, task, "the scheduler does not know it"));
            }
        }
        return take();
    }

    /// Which attempt of the task may commit its output: the first that asked, until it fails.
    public TaskAttemptId mayCommit(TaskAttemptId task, ExecutorId executor) {
        ExecutorSlots slots = executors.get(executor);
        boolean live = slots != null && slots.running.containsKey(task);
        return commits.ask(task, live);
    }

    /// Nobody will use a query any more.
    public List<TaskAction> drop(QueryId query) {
        commits.forget(query);
        dropped.add(query);
        if (dropped.size() > DROPPED_REMEMBERED) {
            dropped.removeFirst();
        }
        executors.keySet().forEach(id -> actions.add(new TaskAction.Drop(id, query)));
        return take();
    }

    /// Time passed.
    public List<TaskAction> tick(long now) {
        boolean starving = executors.isEmpty() && !sets.isEmpty();
        if (!starving) {
            starvedSince = -1;
        } else if (starvedSince < 0) {
            starvedSince = now;
        } else if (now - starvedSince >= limits.noExecutorMillis()) {
            String text =
                    "no executor could be had for "
                            + (now - starvedSince) / 1000
                            + " s. Start nodes with `troupe node`, give them free slots, and check the job's --master";
            for (TaskSet set : List.copyOf(sets.values())) {
                giveUp(set, new TaskFailure.NoExecutors(text));
            }
        }
        return take();
    }

    private boolean release(ExecutorSlots slots, TaskAttemptId task) {
        if (slots.running.remove(task) == null) {
            return false;
        }
        offer(slots);
        return true;
    }

    private void offer(ExecutorSlots slots) {
        if (!slots.queued && slots.free() > 0) {
            slots.queued = true;
            free.add(slots);
        }
    }

    private TaskSet remove(StageAttempt stage) {
        TaskSet set = sets.remove(stage);
        if (set != null) {
            TreeMap<StageAttempt, TaskSet> ofJob = order.get(set.job);
            ofJob.remove(stage);
            if (ofJob.isEmpty()) {
                order.remove(set.job);
            }
        }
        return set;
    }

    /// Hands free slots round: one task for each executor in turn.
    private void assign(long now) {
        int refused = 0;
        while (refused < free.size() && !order.isEmpty()) {
            ExecutorSlots slots = free.poll();
            slots.queued = false;
            if (!executors.containsKey(slots.info.id()) || slots.free() <= 0) {
                continue;
            }
            TaskAction.Launch launch = pick(slots);
            if (launch == null) {
                refused++;
            } else {
                refused = 0;
                slots.running.put(launch.task(), now);
                actions.add(launch);
            }
            offer(slots);
        }
    }

    private TaskAction.Launch pick(ExecutorSlots slots) {
        ExecutorId id = slots.info.id();
        for (TreeMap<StageAttempt, TaskSet> ofJob : order.values()) {
            Iterator<TaskSet> each = ofJob.values().iterator();
            while (each.hasNext()) {
                TaskSet set = each.next();
                if (set.hasWaiting()) {
                    TaskAttemptId task = set.next(id, executors.size() - 1);
                    if (task != null) {
                        return new TaskAction.Launch(id, task, set.spec(task.partition()));
                    }
                }
            }
        }
        return null;
    }

    /// Slots of all executors.
    public int totalSlots() {
        return totalSlots;
    }

    /// Tasks that hold a slot.
    public int runningTasks() {
        int sum = 0;
        for (ExecutorSlots slots : executors.values()) {
            sum += slots.running.size();
        }
        return sum;
    }

    /// Whether nothing waits and nothing runs.
    public boolean isIdle() {
        return sets.isEmpty() && runningTasks() == 0;
    }

    /// Whether the executor is in service.
    public boolean isLive(ExecutorId id) {
        return executors.containsKey(id);
    }

    private List<TaskAction> take() {
        List<TaskAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }
}
