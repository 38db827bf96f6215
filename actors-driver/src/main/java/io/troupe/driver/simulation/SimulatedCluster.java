package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.schedule.DagAction;
import io.troupe.driver.schedule.DagDecisions;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.TaskAction;
import io.troupe.driver.schedule.TaskDecisions;
import io.troupe.driver.schedule.TaskLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The driver of a run: feeds facts to the decision classes and carries out what they decide, as
/// the actors do.
final class SimulatedCluster {
    private final World world;
    private final DagDecisions dag = new DagDecisions(4, false);
    private final TaskDecisions tasks = new TaskDecisions(new TaskLimits(4, 3_000, 15_000));
    private final Map<StageAttempt, StageBundle> bundles = new HashMap<>();
    private final Map<ExecutorId, SimulatedExecutor> executors = new LinkedHashMap<>();
    private final Map<JobId, SimulatedReader> readers = new LinkedHashMap<>();

    /// Messages between the two schedulers, which are never lost and stay in order.
    private final Deque<Runnable> internal = new ArrayDeque<>();

    private int started;

    SimulatedCluster(World world) {
        this.world = world;
        for (int i = 0; i < world.settings.executors(); i++) {
            startExecutor();
        }
        world.after(500, "tick", this::tick);
    }

    private void startExecutor() {
        SimulatedExecutor executor =
                new SimulatedExecutor(
                        world, this, new ExecutorId("e" + ++started), world.settings.slots());
        executors.put(executor.id(), executor);
    }

    /// A node gives a new executor for one that ended.
    void replace(SimulatedExecutor old) {
        world.after(500 + world.random.nextLong(2_000), "replacement", this::startExecutor);
    }

    SimulatedExecutor executor(ExecutorId id) {
        return executors.get(id);
    }

    List<SimulatedExecutor> living() {
        return executors.values().stream().filter(SimulatedExecutor::isAlive).toList();
    }

    StageBundle bundle(StageAttempt stage) {
        return bundles.get(stage);
    }

    void announce(ExecutorInfo info) {
        world.send(
                "announcement",
                () -> {
                    executors.get(info.id()).receive(new ExecutorMessage.Acknowledge(List.of()));
                    obeyTasks(tasks.executorJoined(info, world.now()));
                });
    }

    /// Whatever notices that an executor is gone.
    void gone(ExecutorId id, String how) {
        world.reached("gone: " + how);
        obeyTasks(tasks.executorLost(id, how, world.now()));
    }

    void submit(JobSpec job) {
        readers.put(job.id(), new SimulatedReader(world, this, job));
        obeyDag(dag.submit(job));
    }

    void cancel(JobId job) {
        obeyDag(dag.cancel(job, "the user asked"));
    }

    void resultLost(JobId job, int partition) {
        obeyDag(dag.resultLost(job, partition));
    }

    void release(JobSpec job) {
        obeyDag(dag.release(job.target().query()));
        bundles.keySet().removeIf(stage -> stage.stage().query().equals(job.target().query()));
    }

    private void tick() {
        obeyTasks(tasks.tick(world.now()));
        world.after(500, "tick", this::tick);
    }

    void receive(SchedulerMessage message) {
        switch (message) {
            case SchedulerMessage.TaskSucceeded m -> {
                acknowledge(m.executor(), m.task());
                obeyTasks(
                        tasks.succeeded(
                                m.task(), m.executor(), m.output(), m.metrics(), world.now()));
            }
            case SchedulerMessage.TaskFailed m -> {
                acknowledge(m.executor(), m.task());
                obeyTasks(
                        tasks.failed(
                                m.task(), m.executor(), m.failure(), m.metrics(), world.now()));
            }
            case SchedulerMessage.Heartbeat m ->
                    obeyTasks(tasks.heartbeat(m.executor(), m.running(), m.queries(), world.now()));
            case SchedulerMessage.AskCommit m -> tasks.mayCommit(m.task(), m.executor());
            case SchedulerMessage.ExecutorStarted m -> announce(m.info());
            case SchedulerMessage.OutputCopied m ->
                    obeyTasks(tasks.outputCopied(m.task(), m.executor(), m.made(), world.now()));
            case SchedulerMessage.ExecutorLeaving m ->
                    obeyTasks(tasks.executorLeaves(m.executor(), m.reason(), world.now()));
            case SchedulerMessage.ExecutorStopped m -> gone(m.executor(), m.reason());
        }
    }

    private void acknowledge(ExecutorId executor, TaskAttemptId task) {
        send(executor, new ExecutorMessage.Acknowledge(List.of(task)));
    }

    private void send(ExecutorId id, ExecutorMessage message) {
        world.send("to executor", () -> executors.get(id).receive(message));
    }

    private void obeyTasks(List<TaskAction> actions) {
        for (TaskAction action : actions) {
            switch (action) {
                case TaskAction.Launch a ->
                        send(a.executor(), new ExecutorMessage.LaunchTask(a.task(), a.spec(), 0));
                case TaskAction.Stop a ->
                        send(a.executor(), new ExecutorMessage.CancelTask(a.task(), a.reason()));
                case TaskAction.Drop a ->
                        send(a.executor(), new ExecutorMessage.DropQuery(a.query()));
                case TaskAction.Succeeded a ->
                        internal.add(
                                () -> obeyDag(dag.taskSucceeded(a.task(), a.holder(), a.output())));
                case TaskAction.Failed a ->
                        world.reached("failed: " + a.failure().getClass().getSimpleName());
                case TaskAction.InputLost a -> {
                    if (a.failure().reason() == TaskFailure.FetchFailure.Reason.UNREACHABLE) {
                        gone(a.failure().executor(), "fetch");
                    }
                    internal.add(() -> obeyDag(dag.fetchFailed(a.task(), a.failure())));
                }
                case TaskAction.GaveUp a ->
                        internal.add(() -> obeyDag(dag.stageFailed(a.stage(), a.failure())));
                case TaskAction.Joined a ->
                        internal.add(
                                () -> obeyDag(dag.executorJoined(a.executor(), a.totalSlots())));
                case TaskAction.Lost a ->
                        internal.add(() -> obeyDag(dag.executorLost(a.executor(), a.totalSlots())));
                case TaskAction.Excluded a -> world.reached("executor excluded");
                case TaskAction.Admitted a -> world.reached("executor admitted again");
                case TaskAction.Draining a ->
                        internal.add(() -> obeyDag(dag.executorDraining(a.executor())));
                case TaskAction.Copy a ->
                        send(
                                a.executor(),
                                new ExecutorMessage.CopyOutput(a.task(), a.partitions(), a.from()));
                case TaskAction.Copied a ->
                        internal.add(() -> obeyDag(dag.outputCopied(a.task(), a.holder())));
                case TaskAction.Dismiss a ->
                        send(a.executor(), new ExecutorMessage.Shutdown(a.reason()));
            }
        }
        drain();
    }

    private void obeyDag(List<DagAction> actions) {
        for (DagAction action : actions) {
            switch (action) {
                case DagAction.RunTasks a -> {
                    bundles.put(a.bundle().stage(), a.bundle());
                    world.reached("stage attempt " + Math.min(3, a.bundle().stage().attempt()));
                    internal.add(() -> obeyTasks(tasks.submit(a, world.now())));
                }
                case DagAction.CancelTasks a -> {
                    bundles.remove(a.stage());
                    internal.add(() -> obeyTasks(tasks.cancel(a.stage(), a.reason(), world.now())));
                }
                case DagAction.ResultLayout a -> readers.get(a.job()).layout(a.partitions());
                case DagAction.ResultReady a ->
                        readers.get(a.job()).ready(a.task(), a.holder().executor());
                case DagAction.StageDone a -> bundles.remove(a.stage());
                case DagAction.JobDone a -> readers.get(a.job()).done();
                case DagAction.JobFailed a -> readers.get(a.job()).failed(a.failure());
                case DagAction.CopyOutput a ->
                        internal.add(() -> obeyTasks(tasks.copyOutput(a, world.now())));
                case DagAction.OutputsListed a ->
                        internal.add(
                                () -> obeyTasks(tasks.outputsListed(a.executor(), world.now())));
                case DagAction.DropQuery a -> internal.add(() -> obeyTasks(tasks.drop(a.query())));
            }
        }
        drain();
    }

    private boolean draining;

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (!internal.isEmpty()) {
            internal.poll().run();
        }
        draining = false;
    }

    boolean allEnded() {
        return readers.values().stream().allMatch(SimulatedReader::isOver);
    }

    List<SimulatedReader> readers() {
        return new ArrayList<>(readers.values());
    }

    /// What must be empty when nothing is left to do.
    void checkIdle() {
        if (!dag.activeJobs().isEmpty()) {
            throw world.violation("jobs are still active: " + dag.activeJobs());
        }
        if (!tasks.isIdle()) {
            throw world.violation(
                    "the task scheduler still holds " + tasks.runningTasks() + " slots");
        }
        for (SimulatedExecutor executor : living()) {
            if (tasks.isLive(executor.id()) && executor.blockCount() > 0) {
                throw world.violation(
                        executor.id() + " still holds " + executor.blockCount() + " blocks");
            }
        }
        if (!bundles.isEmpty()) {
            throw world.violation("bundles are left: " + bundles.keySet());
        }
    }
}
