package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.executor.TaskLedger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// An executor that only pretends to compute. What an order means is decided by the real
/// [TaskLedger].
final class SimulatedExecutor {
    /// How long a reader waits for an executor that does not answer, in milliseconds.
    static final long DATA_PATIENCE = 4_000;

    private static final long BEAT = 1_000;
    private static final TaskOutput OUTPUT = TaskOutput.stored(OutputSizes.of(new long[] {100}), 1);

    private final World world;
    private final SimulatedDriver driver;
    private final SimulatedNode node;
    private final ExecutorInfo info;
    private final TaskLedger ledger = new TaskLedger(true);
    private final Map<TaskAttemptId, Answers.Output> blocks = new HashMap<>();
    private final Set<TaskAttemptId> corrupt = new HashSet<>();
    private final Map<TaskAttemptId, SimulatedTask> tasks = new HashMap<>();

    /// Those of the tasks that no slot is free for.
    private final Deque<SimulatedTask> waiting = new ArrayDeque<>();

    private boolean alive = true;
    private boolean known;
    private boolean leaving;
    private long slowUntil;
    private long diskFullUntil;
    private long crashingUntil;

    SimulatedExecutor(
            World world, SimulatedDriver driver, SimulatedNode node, ExecutorId id, int slots) {
        this.world = world;
        this.driver = driver;
        this.node = node;
        this.info = new ExecutorInfo(new ExecutorAddress(id, node.address, 1), slots, 0, "");
        world.note(() -> id + " starts");
        world.after(10 + world.below(100), this::beat);
    }

    ExecutorId id() {
        return info.id();
    }

    ExecutorInfo info() {
        return info;
    }

    SimulatedNode node() {
        return node;
    }

    boolean isAlive() {
        return alive;
    }

    /// How long somebody must wait until this executor can send him data; endless if it is dead.
    long waitFor(int place) {
        if (!alive) {
            return Long.MAX_VALUE;
        }
        if (place == node.place) {
            return 0;
        }
        Network network = driver.network();
        long wait = node.pausedFor();
        if (!network.carries(place, node.place)) {
            wait = Math.max(wait, network.cutUntil(place, node.place) - world.now());
        }
        if (!network.carries(node.place, place)) {
            wait = Math.max(wait, network.cutUntil(node.place, place) - world.now());
        }
        return wait;
    }

    Answers.Output block(TaskAttemptId task) {
        return blocks.get(task);
    }

    boolean isCorrupt(TaskAttemptId task) {
        return corrupt.contains(task);
    }

    /// Whether it holds nothing, runs nothing and remembers no query.
    boolean isEmpty() {
        return blocks.isEmpty() && tasks.isEmpty() && ledger.queries().isEmpty();
    }

    boolean isSlow() {
        return world.now() < slowUntil;
    }

    void slowDown(long millis) {
        slowUntil = world.now() + millis;
    }

    void fillDisk(long millis) {
        diskFullUntil = world.now() + millis;
    }

    void crashWorkers(long millis) {
        crashingUntil = world.now() + millis;
    }

    boolean hangOneTask() {
        if (!tasks.isEmpty()) {
            tasks.values().iterator().next().hang();
            return true;
        }
        return false;
    }

    /// The attempts that it has.
    Set<TaskAttemptId> tasks() {
        return tasks.keySet();
    }

    /// What fails a task that would end well now, or null.
    TaskFailure trouble() {
        if (world.now() < diskFullUntil) {
            world.reached(RarePath.DISK_FULL);
            return new TaskFailure.DiskFull("/scratch", "no space left");
        }
        if (world.now() < crashingUntil) {
            world.reached(RarePath.WORKER_CRASHED);
            return new TaskFailure.WorkerCrash("killed by signal 9", 137, "");
        }
        return null;
    }

    /// Takes one output away, or makes it unreadable.
    boolean damageBlock(boolean remove) {
        Iterator<TaskAttemptId> each = blocks.keySet().iterator();
        if (!each.hasNext()) {
            return false;
        }
        TaskAttemptId task = each.next();
        world.note(() -> id() + " loses the output of " + task);
        world.reached(remove ? RarePath.BLOCK_LOST : RarePath.BLOCK_CORRUPTED);
        driver.invariants().damaged(task, id());
        if (remove) {
            blocks.remove(task);
        } else {
            corrupt.add(task);
        }
        return true;
    }

    /// Ends; what it holds is gone. Its node is told by who ends it.
    void end() {
        if (alive) {
            world.note(() -> id() + " ends");
            alive = false;
            blocks.clear();
            tasks.clear();
            waiting.clear();
        }
    }

    /// Ends by itself: its node and, after a while, the driver notice.
    void die() {
        endUnseen();
        node.ended(id());
    }

    /// Ends; the driver, which watches executors, notices after a while.
    void endUnseen() {
        end();
        world.after(10 + world.below(3_000), () -> driver.gone(id(), "death-watch"));
    }

    void leave() {
        leaving = true;
        sayLeaving();
    }

    private void sayLeaving() {
        tell(new SchedulerMessage.ExecutorLeaving(id(), "its node was told to stop"));
    }

    private void beat() {
        if (!alive) {
            return;
        }
        if (!node.isPaused()) {
            if (known) {
                if (leaving) {
                    sayLeaving();
                }
                ledger.untold(100).forEach(this::tell);
                tell(
                        new SchedulerMessage.Heartbeat(
                                id(), ledger.running(), ledger.queries(), 0, 0));
            } else {
                driver.network().send(node.place, Network.DRIVER, () -> driver.announce(this));
            }
        }
        world.after(BEAT, this::beat);
    }

    void receive(ExecutorMessage message) {
        if (!alive) {
            return;
        }
        if (node.isPaused()) {
            world.after(node.pausedFor(), () -> receive(message));
            return;
        }
        known = true;
        world.note(() -> id() + " gets " + message);
        switch (message) {
            case ExecutorMessage.LaunchTask m -> onLaunch(m.task());
            case ExecutorMessage.Several m -> m.messages().forEach(this::receive);
            case ExecutorMessage.CancelTask m -> onCancel(m);
            case ExecutorMessage.DropQuery m -> {
                if (!driver.faults().killAt(this, RarePath.KILLED_AT_DROP)) {
                    drop(m.query());
                }
            }
            case ExecutorMessage.Acknowledge m -> ledger.acknowledge(m.tasks());
            case ExecutorMessage.CommitAnswer m -> {
                SimulatedTask task = tasks.get(m.task());
                if (task != null) {
                    task.answered(m.winner());
                }
            }
            case ExecutorMessage.CopyOutput m -> onCopy(m);
            case ExecutorMessage.Shutdown m -> {
                world.reached(RarePath.GIVEN_UP_TOLD_TO_END);
                end();
                node.ended(id());
            }
        }
    }

    private void onLaunch(TaskAttemptId task) {
        switch (ledger.launch(task)) {
            case START -> {
                if (driver.faults().killAt(this, RarePath.KILLED_AT_LAUNCH)) {
                    return;
                }
                int most = info.slots() * (1 + world.settings.policy().ahead().perSlot());
                if (world.settings.faults() == 0 && tasks.size() >= most) {
                    throw world.violation(id() + " was given more tasks than it may have");
                }
                SimulatedTask made = new SimulatedTask(world, driver, this, task);
                tasks.put(task, made);
                waiting.add(made);
                beginWaiting();
            }
            case RETELL -> {
                world.reached(RarePath.LAUNCHED_AFTER_ITS_END);
                tell(ledger.end(task));
            }
            case STOP, DENY, NOTHING -> world.reached(RarePath.LAUNCHED_TWICE);
        }
    }

    private void beginWaiting() {
        while (!waiting.isEmpty() && tasks.size() - waiting.size() < info.slots()) {
            waiting.poll().begin();
        }
        if (!waiting.isEmpty()) {
            world.reached(RarePath.SENT_AHEAD);
        }
    }

    private void onCancel(ExecutorMessage.CancelTask m) {
        if (driver.faults().killAt(this, RarePath.KILLED_AT_CANCEL)) {
            return;
        }
        switch (ledger.cancel(m.task())) {
            case STOP -> {
                SimulatedTask task = tasks.get(m.task());
                world.reached(
                        waiting.remove(task)
                                ? RarePath.CANCELLED_WHILE_WAITING
                                : RarePath.CANCELLED_WHILE_RUNNING);
                task.cancel(m.reason());
            }
            case RETELL -> tell(ledger.end(m.task()));
            case DENY -> {
                world.reached(RarePath.CANCELLED_BEFORE_LAUNCH);
                tell(
                        new SchedulerMessage.TaskFailed(
                                m.task(),
                                id(),
                                new TaskFailure.Cancelled(m.reason()),
                                TaskMetrics.NONE));
            }
            case START, NOTHING -> throw world.violation("a cancellation means nothing else");
        }
    }

    private void drop(QueryId query) {
        ledger.drop(query);
        blocks.keySet().removeIf(task -> task.stage().stage().query().equals(query));
    }

    private void onCopy(ExecutorMessage.CopyOutput m) {
        QueryId query = m.task().stage().stage().query();
        ledger.keep(query);
        world.after(
                1 + world.below(200),
                () -> {
                    if (!alive || driver.faults().killAt(this, RarePath.KILLED_AT_COPY)) {
                        return;
                    }
                    SimulatedExecutor source = driver.executor(m.from().executor());
                    boolean readable =
                            source.waitFor(node.place) == 0 && !source.isCorrupt(m.task());
                    Answers.Output output = readable ? source.block(m.task()) : null;
                    if (output != null && ledger.keeps(query)) {
                        blocks.put(m.task(), output);
                        corrupt.remove(m.task());
                        driver.invariants().repaired(m.task(), id());
                    }
                    world.reached(
                            output == null ? RarePath.COPY_FAILED : RarePath.OUTPUT_HANDED_OVER);
                    tell(new SchedulerMessage.OutputCopied(m.task(), id(), output != null));
                });
    }

    /// A task ended well.
    void succeeded(TaskAttemptId task, Answers.Output output) {
        blocks.put(task, output);
        if (driver.faults().killAt(this, RarePath.KILLED_WITH_OUTPUT_UNTOLD)) {
            return;
        }
        TaskMetrics ran = new TaskMetrics(tasks.get(task).ranMillis() * 1_000_000, 0, Map.of());
        ended(task, new SchedulerMessage.TaskSucceeded(task, id(), OUTPUT, ran));
    }

    /// A task did not end well.
    void failed(TaskAttemptId task, TaskFailure failure) {
        ended(task, new SchedulerMessage.TaskFailed(task, id(), failure, TaskMetrics.NONE));
    }

    private void ended(TaskAttemptId task, SchedulerMessage end) {
        waiting.remove(tasks.remove(task));
        beginWaiting();
        if (ledger.ended(task, end)) {
            world.reached(RarePath.ENDED_AFTER_ITS_QUERY);
            drop(task.stage().stage().query());
        }
        tell(end);
    }

    /// Reads an output of another executor or of this one.
    ///
    /// @return the output, or why it cannot be read
    static Object read(
            SimulatedDriver driver, TaskAttemptId producer, ExecutorId holder, int reader) {
        SimulatedExecutor source = driver.executor(holder);
        long wait = source == null ? Long.MAX_VALUE : source.waitFor(reader);
        if (wait > 0) {
            return wait < DATA_PATIENCE
                    ? (Long) wait
                    : unread(producer, holder, TaskFailure.FetchFailure.Reason.UNREACHABLE);
        }
        Answers.Output output = source.block(producer);
        if (output == null) {
            return unread(producer, holder, TaskFailure.FetchFailure.Reason.MISSING);
        }
        return source.isCorrupt(producer)
                ? unread(producer, holder, TaskFailure.FetchFailure.Reason.CORRUPT)
                : output;
    }

    private static TaskFailure.FetchFailure unread(
            TaskAttemptId producer, ExecutorId holder, TaskFailure.FetchFailure.Reason reason) {
        return new TaskFailure.FetchFailure(new BlockId(producer, 0), holder, reason, "simulated");
    }

    void tell(SchedulerMessage message) {
        driver.network().send(node.place, Network.DRIVER, () -> driver.receive(message));
    }
}
