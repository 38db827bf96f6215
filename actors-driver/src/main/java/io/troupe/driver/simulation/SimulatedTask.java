package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskId;
import java.util.Map;

/// A task attempt in an executor: reads its inputs, computes for a while, asks whether it may
/// commit if its stage does, and ends.
final class SimulatedTask {
    private static final int COMMIT_QUESTIONS = 5;
    private static final long COMMIT_PATIENCE = 2_000;

    private final World world;
    private final SimulatedDriver driver;
    private final SimulatedExecutor executor;
    private final TaskAttemptId task;
    private Workload.StageWork work;
    private Answers.Output output;
    private long began;
    private boolean hangs;
    private boolean over;
    private boolean asked;
    private String cancelled;

    SimulatedTask(
            World world, SimulatedDriver driver, SimulatedExecutor executor, TaskAttemptId task) {
        this.world = world;
        this.driver = driver;
        this.executor = executor;
        this.task = task;
    }

    /// Its Python worker stops answering until it is killed.
    void hang() {
        hangs = true;
    }

    void cancel(String reason) {
        if (cancelled == null) {
            cancelled = reason;
            later(1 + world.below(50), () -> fail(new TaskFailure.Cancelled(reason)));
        }
    }

    /// Does something later unless the task is over by then; a node that stands still does it when
    /// it wakes.
    private void later(long millis, Runnable action) {
        world.after(
                millis,
                () -> {
                    if (over || !executor.isAlive()) {
                        return;
                    }
                    if (executor.node().isPaused()) {
                        later(executor.node().pausedFor(), action);
                    } else {
                        action.run();
                    }
                });
    }

    private void fail(TaskFailure failure) {
        over = true;
        executor.failed(task, failure);
    }

    /// How long it has run.
    long ranMillis() {
        return world.now() - began;
    }

    void begin() {
        began = world.now();
        later(1 + world.below(5), this::read);
    }

    private void read() {
        StageBundle bundle = driver.bundle(task.stage());
        if (bundle == null || executor.waitFor(Network.DRIVER) > 0) {
            fail(error("the bundle cannot be had"));
            return;
        }
        work = (Workload.StageWork) bundle.plan();
        long value = 0;
        Map<TaskId, TaskAttemptId> picks = null;
        for (InputLocations input : bundle.inputs()) {
            for (int i = 0; i < Workload.reads(input.partitions()); i++) {
                int p = Workload.read(task.partition(), i, input.partitions());
                Object read =
                        SimulatedExecutor.read(
                                driver,
                                input.output(p),
                                input.holderOf(p).executor(),
                                executor.node().place);
                switch (read) {
                    case Long wait -> {
                        later(wait, this::read);
                        return;
                    }
                    case TaskFailure.FetchFailure failure -> {
                        world.reached(
                                switch (failure.reason()) {
                                    case MISSING -> RarePath.FETCH_MISSING;
                                    case CORRUPT -> RarePath.FETCH_CORRUPT;
                                    case UNREACHABLE -> RarePath.FETCH_UNREACHABLE;
                                });
                        fail(failure);
                        return;
                    }
                    default -> {
                        Answers.Output got = (Answers.Output) read;
                        value = Answers.mix(value, got.value());
                        picks = Answers.Output.merge(picks, got.picks());
                    }
                }
            }
        }
        compute(value, picks);
    }

    private void compute(long read, Map<TaskId, TaskAttemptId> picks) {
        if (picks != null && picks.isEmpty()) {
            throw world.violation(task + " read two runs of a stage whose rows change");
        }
        long value = Answers.mix(Answers.start(task.stage().stage(), task.partition()), read);
        Map<TaskId, TaskAttemptId> all =
                work.unstable() ? Answers.Output.merge(picks, Map.of(task.task(), task)) : picks;
        output = new Answers.Output(value, all);
        long millis = driver.workload().millis(task, world.random);
        if (executor.isSlow()) {
            world.reached(RarePath.SLOW_TASK);
            millis = 10 * millis;
        }
        later(millis, this::computed);
    }

    private void computed() {
        if (hangs && !world.healed()) {
            world.reached(RarePath.WORKER_HUNG);
            later(500, this::computed);
            return;
        }
        TaskFailure trouble = executor.trouble();
        if (trouble == null && !world.healed() && world.chance(world.settings.taskFailure())) {
            trouble = error("drawn");
        }
        if (trouble != null) {
            fail(trouble);
        } else if (work.commits()) {
            ask(COMMIT_QUESTIONS);
        } else {
            succeed();
        }
    }

    private void ask(int questions) {
        if (asked && questions == COMMIT_QUESTIONS) {
            return;
        }
        if (questions == 0) {
            fail(new TaskFailure.ExecutorLost(executor.id(), "the driver did not answer"));
            return;
        }
        asked = true;
        executor.tell(new SchedulerMessage.AskCommit(task, executor.id()));
        later(COMMIT_PATIENCE, () -> ask(questions - 1));
    }

    /// The driver answered whether the task may commit.
    void answered(TaskAttemptId winner) {
        if (over || !asked || driver.faults().killAt(executor, RarePath.KILLED_AT_COMMIT)) {
            return;
        }
        if (task.equals(winner)) {
            driver.invariants().committed(task);
            succeed();
        } else {
            world.reached(RarePath.COMMIT_DENIED);
            fail(new TaskFailure.CommitDenied(task, winner));
        }
    }

    private void succeed() {
        over = true;
        executor.succeeded(task, output);
    }

    private static TaskFailure error(String text) {
        return new TaskFailure.TaskError(
                "SparkException", "SIMULATED", "XX000", text, Map.of(), "", "", "", false);
    }
}
