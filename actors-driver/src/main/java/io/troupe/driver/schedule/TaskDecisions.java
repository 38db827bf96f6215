package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides where and when tasks run: facts in, actions out, a bounded amount of work per fact.
/// Facts may come late, twice or out of order; a slot is freed by the end of the very attempt that
/// took it and by nothing else. Used by one thread.
public final class TaskDecisions {
    private final SchedulingPolicy policy;
    private final Fleet fleet;
    private final Pools pools;
    private final Placement placement;
    private final Stragglers stragglers;
    private final OutputMoves moves;
    private final Starvation starvation;
    private final Reconciliation reconciliation;
    private final Map<StageAttempt, TaskSet> sets = new HashMap<>();
    private final DroppedQueries dropped = new DroppedQueries();
    private final CommitDecisions commits = new CommitDecisions();
    private List<TaskAction> actions = new ArrayList<>();

    /// @param policy how tasks are placed, tried again and handed over
    public TaskDecisions(SchedulingPolicy policy) {
        this.policy = policy;
        this.fleet = new Fleet(policy.exclusion());
        this.pools = new Pools(policy.fair(), policy.pools());
        this.placement = new Placement(fleet, pools, policy.ahead());
        this.stragglers = new Stragglers(policy.speculation());
        this.moves = new OutputMoves(fleet);
        this.starvation = new Starvation(policy.limits().noExecutorMillis());
        this.reconciliation = new Reconciliation(sets, policy.limits().relaunchMillis());
    }

    /// An executor offers its slots. Repeated offers change nothing; one that was declared lost
    /// stays lost.
    public List<TaskAction> executorJoined(ExecutorInfo info, long now) {
        if (fleet.wasLost(info.id())) {
            actions.add(new TaskAction.Dismiss(info.id(), "it joined too late"));
        } else if (fleet.get(info.id()) == null) {
            fleet.join(info);
            actions.add(new TaskAction.Joined(info.id(), fleet.totalSlots()));
            assign(now);
        }
        return take();
    }

    /// An executor is gone, however that was noticed. Its tasks are tried elsewhere.
    public List<TaskAction> executorLost(ExecutorId id, String reason, long now) {
        lose(id, reason, now);
        return take();
    }

    private void lose(ExecutorId id, String reason, long now) {
        ExecutorSlots gone = fleet.remove(id);
        if (gone == null) {
            return;
        }
        moves.lost(id);
        actions.add(new TaskAction.Lost(id, reason, fleet.totalSlots()));
        actions.add(new TaskAction.Dismiss(id, reason));
        TaskFailure failure = new TaskFailure.ExecutorLost(id, reason);
        for (TaskAttemptId task : List.copyOf(gone.running.keySet())) {
            release(gone, task);
            ended(task, gone, failure, TaskMetrics.NONE, now);
        }
        assign(now);
    }

    /// An executor is about to leave: it gets no more tasks, and what it holds is copied elsewhere.
    public List<TaskAction> executorLeaves(ExecutorId id, String reason, long now) {
        ExecutorSlots slots = fleet.get(id);
        if (slots != null && slots.drain == null) {
            fleet.drain(slots, reason, now);
            actions.add(new TaskAction.Draining(id));
            assign(now);
            letGo(slots, now);
        }
        return take();
    }

    /// All outputs of a leaving executor that are worth it were ordered to be copied.
    public List<TaskAction> outputsListed(ExecutorId id, long now) {
        ExecutorSlots slots = fleet.get(id);
        if (slots != null && slots.drain != null) {
            slots.drain.listed();
            actions.addAll(moves.next(now));
            letGo(slots, now);
        }
        return take();
    }

    /// An output is to be copied to a second executor.
    public List<TaskAction> copyOutput(DagAction.CopyOutput order, long now) {
        moves.submit(order);
        actions.addAll(moves.next(now));
        return take();
    }

    /// An executor has made a copy of an output, or could not.
    public List<TaskAction> outputCopied(
            TaskAttemptId task, ExecutorId executor, boolean made, long now) {
        ExecutorSlots slots = fleet.get(executor);
        if (moves.answered(task, executor, made) && slots != null) {
            actions.add(new TaskAction.Copied(task, slots.info.address()));
        }
        actions.addAll(moves.next(now));
        letGoAll(now);
        return take();
    }

    private void letGoAll(long now) {
        List.copyOf(fleet.all()).forEach(slots -> letGo(slots, now));
    }

    /// Gives a leaving executor up once nobody needs it, or its time is over.
    private void letGo(ExecutorSlots slots, long now) {
        ExecutorSlots.Drain drain = slots.drain;
        if (drain == null) {
            return;
        }
        if (now - drain.since >= policy.drainMillis()) {
            lose(slots.info.id(), drain.reason, now);
        } else if (slots.running.isEmpty()) {
            if (drain.lastListing()) {
                actions.add(new TaskAction.Draining(slots.info.id()));
            } else if (drain.isReadOut(moves.anyFrom(slots.info.id()), sets.keySet())) {
                lose(slots.info.id(), drain.reason, now);
            }
        }
    }

    /// Tasks of a stage attempt are to be run.
    public List<TaskAction> submit(DagAction.RunTasks run, long now) {
        TaskSet set = new TaskSet(run);
        sets.put(set.stage, set);
        pools.update(set);
        assign(now);
        return take();
    }

    /// A stage attempt is no longer wanted.
    public List<TaskAction> cancel(StageAttempt stage, String reason, long now) {
        TaskSet set = remove(stage);
        if (set != null) {
            stopRunning(set, reason);
            assign(now);
        }
        return take();
    }

    /// One attempt is to end; its task is tried once more, and the end counts as no failure.
    /// Nothing happens if the attempt holds no slot any more; one that ends well meanwhile has won.
    public List<TaskAction> kill(TaskAttemptId task, String reason) {
        TaskSet set = sets.get(task.stage());
        for (TaskSet.Running of :
                set == null ? List.<TaskSet.Running>of() : set.running(task.partition())) {
            if (of.task().equals(task)) {
                fleet.get(of.executor()).killed.put(task, reason);
                actions.add(new TaskAction.Stop(of.executor(), task, reason));
            }
        }
        return take();
    }

    private void stopRunning(TaskSet set, String reason) {
        for (TaskSet.Running task : set.running()) {
            actions.add(new TaskAction.Stop(task.executor(), task.task(), reason));
        }
    }

    /// A task attempt ended well.
    public List<TaskAction> succeeded(
            TaskAttemptId task,
            ExecutorId executor,
            TaskOutput output,
            TaskMetrics metrics,
            long now) {
        ExecutorSlots slots = fleet.get(executor);
        if (slots == null) {
            return take();
        }
        Long launched = release(slots, task);
        TaskSet set = sets.get(task.stage());
        if (set == null || set.end(task.partition())) {
            if (set != null || launched != null) {
                actions.add(new TaskAction.Succeeded(task, slots.info.address(), output, metrics));
            }
            if (set != null) {
                endPartition(set, task, launched == null ? 0 : now - launched);
                set.ran(metrics.runNanos());
            }
        }
        assign(now);
        placement.sendAhead(slots, actions, now);
        letGo(slots, now);
        return take();
    }

    private void endPartition(TaskSet set, TaskAttemptId task, long duration) {
        set.durations.add(duration);
        for (TaskSet.Running other : set.running(task.partition())) {
            String reason = "another copy of the task was faster";
            actions.add(new TaskAction.Stop(other.executor(), other.task(), reason));
        }
        if (set.isOver()) {
            remove(set.stage);
        }
    }

    /// A task attempt did not end well.
    public List<TaskAction> failed(
            TaskAttemptId task,
            ExecutorId executor,
            TaskFailure failure,
            TaskMetrics metrics,
            long now) {
        ExecutorSlots slots = fleet.get(executor);
        if (slots != null && release(slots, task) != null) {
            ended(task, slots, failure, metrics, now);
            assign(now);
            letGo(slots, now);
        }
        return take();
    }

    private void ended(
            TaskAttemptId task,
            ExecutorSlots slots,
            TaskFailure failure,
            TaskMetrics metrics,
            long now) {
        ExecutorId executor = slots.info.id();
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
            if (fetch.reason() == TaskFailure.FetchFailure.Reason.UNREACHABLE) {
                lose(fetch.executor(), fetch.message(), now);
            }
            actions.add(new TaskAction.InputLost(task, fetch));
            return;
        }
        if (failure instanceof TaskFailure.TaskError error && error.deterministic()) {
            giveUp(set, error);
            return;
        }
        if (fleet.failed(slots, task, failure, now)) {
            actions.add(new TaskAction.Excluded(executor, failure));
        }
        int failures = set.retry(task, executor, failure.counts() && slots.drain == null);
        pools.update(set);
        TaskFailure last = policy.limits().outOfTries(task, failures, failure);
        if (last != null) {
            giveUp(set, last);
        }
    }

    private void giveUp(TaskSet set, TaskFailure failure) {
        remove(set.stage);
        stopRunning(set, "another task of the stage failed");
        actions.add(new TaskAction.GaveUp(set.stage, failure));
    }

    /// What an executor says that it runs and holds. Launches that never arrived are told again;
    /// tasks that nobody wants are stopped.
    public List<TaskAction> heartbeat(
            ExecutorId id,
            Collection<TaskAttemptId> running,
            Collection<QueryId> queries,
            long now) {
        ExecutorSlots slots = fleet.get(id);
        if (slots == null) {
            if (fleet.wasLost(id)) {
                actions.add(new TaskAction.Dismiss(id, "it was gone too long"));
            }
            return take();
        }
        actions.addAll(dropped.stillHeld(id, queries));
        reconciliation.compare(slots, running, actions, now);
        return take();
    }

    /// Which attempt of the task may commit its output: the first that asked, until it fails.
    public TaskAttemptId mayCommit(TaskAttemptId task, ExecutorId executor) {
        ExecutorSlots slots = fleet.get(executor);
        boolean runs = slots != null && slots.running.containsKey(task);
        boolean live = runs && reconciliation.wants(task);
        return commits.ask(task, live);
    }

    /// Nobody will use a query any more.
    public List<TaskAction> drop(QueryId query) {
        commits.forget(query);
        moves.drop(query);
        dropped.add(query);
        fleet.all().forEach(slots -> actions.add(new TaskAction.Drop(slots.info.id(), query)));
        return take();
    }

    /// Time passed.
    public List<TaskAction> tick(long now) {
        String starved = starvation.tick(fleet.usable() == 0 && !sets.isEmpty(), now);
        if (starved != null) {
            for (TaskSet set : List.copyOf(sets.values())) {
                giveUp(set, new TaskFailure.NoExecutors(starved));
            }
        }
        for (TaskSet set : stragglers.isEnabled() ? sets.values() : List.<TaskSet>of()) {
            if (stragglers.copySlow(set, now) > 0) {
                pools.update(set);
            }
        }
        fleet.admit(now).forEach(id -> actions.add(new TaskAction.Admitted(id)));
        actions.addAll(moves.tick(now));
        placement.takeBack(actions, now);
        assign(now);
        letGoAll(now);
        return take();
    }

    /// @return when the attempt was launched, or null if it held no slot here
    private Long release(ExecutorSlots slots, TaskAttemptId task) {
        Long launched = slots.running.remove(task);
        slots.killed.remove(task);
        if (launched == null) {
            return null;
        }
        TaskSet set = sets.get(task.stage());
        if (set != null && set.left(task) != null) {
            pools.running(set, -1);
        }
        fleet.offer(slots);
        return launched;
    }

    private TaskSet remove(StageAttempt stage) {
        TaskSet set = sets.remove(stage);
        if (set != null) {
            pools.remove(set);
        }
        return set;
    }

    private void assign(long now) {
        placement.assign(actions, now);
    }

    /// Slots of all executors.
    public int totalSlots() {
        return fleet.totalSlots();
    }

    /// Tasks that hold a slot.
    public int runningTasks() {
        return fleet.runningTasks();
    }

    /// Whether nothing waits, runs, is copied or may commit.
    public boolean isIdle() {
        return sets.isEmpty()
                && runningTasks() == 0
                && !pools.anyWaiting()
                && moves.isEmpty()
                && commits.isEmpty();
    }

    /// Whether the executor is in service.
    public boolean isLive(ExecutorId id) {
        return fleet.get(id) != null;
    }

    private List<TaskAction> take() {
        List<TaskAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }
}
