package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskFailure.FetchFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.executor.TaskLedger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An executor that only pretends to compute: a task's output is one number, made from its stage,
/// its partition and the numbers that it read, so that a wrong answer shows.
final class SimulatedExecutor {
    private final World world;
    private final SimulatedCluster cluster;
    private final ExecutorInfo info;
    private final TaskLedger ledger = new TaskLedger(true);
    private final Map<TaskAttemptId, Long> blocks = new HashMap<>();
    private final Set<TaskAttemptId> cancelled = new HashSet<>();
    private boolean alive = true;
    private boolean known;
    private long pausedUntil;

    SimulatedExecutor(World world, SimulatedCluster cluster, ExecutorId id, int slots) {
        this.world = world;
        this.cluster = cluster;
        this.info = new ExecutorInfo(new ExecutorAddress(id, "simulated", 1), slots, 0, "");
        world.after(world.random.nextLong(100), "executor starts", this::beat);
    }

    ExecutorId id() {
        return info.id();
    }

    boolean isAlive() {
        return alive;
    }

    Long block(TaskAttemptId task) {
        return blocks.get(task);
    }

    int blockCount() {
        return blocks.size();
    }

    void kill() {
        alive = false;
        blocks.clear();
    }

    /// Does nothing for a while, like a process that is stopped or collects garbage.
    void pause(long millis) {
        pausedUntil = world.now() + millis;
    }

    void loseBlock() {
        if (!blocks.isEmpty()) {
            world.reached("block lost");
            blocks.remove(
                    blocks.keySet().stream()
                            .min(java.util.Comparator.comparing(TaskAttemptId::toString))
                            .orElseThrow());
        }
    }

    private void beat() {
        if (!alive) {
            return;
        }
        if (world.now() >= pausedUntil) {
            if (known) {
                ledger.untold(100).forEach(this::tell);
                tell(
                        new SchedulerMessage.Heartbeat(
                                id(), ledger.running(), ledger.queries(), 0, 0));
            } else {
                cluster.announce(info);
            }
        }
        world.after(1_000, "beat", this::beat);
    }

    void receive(ExecutorMessage message) {
        if (!alive) {
            return;
        }
        if (world.now() < pausedUntil) {
            world.after(
                    pausedUntil - world.now(), "delivery after a pause", () -> receive(message));
            return;
        }
        known = true;
        switch (message) {
            case ExecutorMessage.LaunchTask m -> onLaunch(m.task());
            case ExecutorMessage.CancelTask m -> onCancel(m);
            case ExecutorMessage.DropQuery m -> drop(m.query());
            case ExecutorMessage.Acknowledge m -> ledger.acknowledge(m.tasks());
            case ExecutorMessage.CommitAnswer m -> world.reached("commit answered");
            case ExecutorMessage.CopyOutput m -> world.reached("copy");
            case ExecutorMessage.Shutdown m -> {
                world.reached("executor told to end");
                kill();
                cluster.replace(this);
            }
        }
    }

    private void onLaunch(TaskAttemptId task) {
        switch (ledger.launch(task)) {
            case START -> {
                if (ledger.running().size() > info.slots() + cancelled.size() + 1
                        && world.settings.loss() == 0) {
                    throw world.violation(id() + " was given more tasks than it has slots");
                }
                world.after(1 + world.random.nextLong(200), "task runs", () -> finish(task));
            }
            case RETELL -> {
                world.reached("launch of an ended task");
                tell(ledger.end(task));
            }
            case STOP, DENY, NOTHING -> world.reached("launched twice");
        }
    }

    private void onCancel(ExecutorMessage.CancelTask m) {
        switch (ledger.cancel(m.task())) {
            case STOP -> cancelled.add(m.task());
            case RETELL -> tell(ledger.end(m.task()));
            case DENY -> tell(failed(m.task(), new TaskFailure.Cancelled(m.reason())));
            case START, NOTHING -> throw world.violation("a cancellation means nothing else");
        }
    }

    private void drop(QueryId query) {
        ledger.drop(query);
        blocks.keySet().removeIf(task -> task.stage().stage().query().equals(query));
    }

    private void finish(TaskAttemptId task) {
        if (!alive) {
            return;
        }
        if (world.now() < pausedUntil) {
            world.after(pausedUntil - world.now(), "task runs after a pause", () -> finish(task));
            return;
        }
        SchedulerMessage end =
                cancelled.remove(task)
                        ? failed(task, new TaskFailure.Cancelled("asked"))
                        : run(task);
        if (ledger.ended(task, end)) {
            world.reached("task of a dropped query ended");
            drop(task.stage().stage().query());
        }
        tell(end);
    }

    private SchedulerMessage run(TaskAttemptId task) {
        StageBundle bundle = cluster.bundle(task.stage());
        if (bundle == null) {
            return failed(task, error("the stage attempt is over"));
        }
        if (!world.healed() && world.chance(world.settings.taskFailure())) {
            world.reached("task failed");
            return failed(task, error("drawn"));
        }
        long value = SimulatedJobs.start(task.task());
        for (InputLocations input : bundle.inputs()) {
            for (int p = 0; p < input.partitions(); p++) {
                TaskAttemptId producer = input.output(p);
                SimulatedExecutor holder = cluster.executor(input.holderOf(p).executor());
                boolean reachable = holder != null && holder.alive;
                Long block = reachable ? holder.block(producer) : null;
                if (block == null) {
                    FetchFailure.Reason reason =
                            reachable
                                    ? FetchFailure.Reason.MISSING
                                    : FetchFailure.Reason.UNREACHABLE;
                    world.reached("fetch failed: " + reason);
                    return failed(
                            task,
                            new FetchFailure(
                                    new BlockId(producer, 0),
                                    input.holderOf(p).executor(),
                                    reason,
                                    "simulated"));
                }
                value = SimulatedJobs.mix(value, block);
            }
        }
        blocks.put(task, value);
        return new SchedulerMessage.TaskSucceeded(
                task,
                id(),
                TaskOutput.stored(OutputSizes.of(new long[] {100}), 1),
                TaskMetrics.NONE);
    }

    private static TaskFailure error(String text) {
        return new TaskFailure.TaskError(
                "SparkException", "SIMULATED", "XX000", text, Map.of(), "", "", "", false);
    }

    private SchedulerMessage failed(TaskAttemptId task, TaskFailure failure) {
        return new SchedulerMessage.TaskFailed(task, id(), failure, TaskMetrics.NONE);
    }

    private void tell(SchedulerMessage message) {
        world.send("to scheduler", () -> cluster.receive(message));
    }
}
