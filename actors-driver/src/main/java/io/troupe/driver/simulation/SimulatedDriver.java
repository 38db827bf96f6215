package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.driver.job.RecruitAction;
import io.troupe.driver.job.RecruitDecisions;
import io.troupe.driver.schedule.DagAction;
import io.troupe.driver.schedule.DagDecisions;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.TaskAction;
import io.troupe.driver.schedule.TaskDecisions;
import io.troupe.driver.shuffle.StageOutputs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The driver of a run: feeds facts to the real decision classes and carries out what they decide,
/// as the actors do.
final class SimulatedDriver {
    private static final int MAX_STAGE_ATTEMPTS = 4;
    private static final long TICK = 500;
    static final String KILL = "the user killed it";

    private final World world;
    private final Workload workload;
    private final Network network;
    private final Faults faults;
    private final Invariants invariants;
    private final DagDecisions dag;
    private final TaskDecisions tasks;
    private final RecruitDecisions recruiter = new RecruitDecisions();
    private final Map<StageAttempt, StageBundle> bundles = new HashMap<>();
    private final Map<ExecutorId, SimulatedExecutor> executors = new HashMap<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<JobId, SimulatedReader> readers = new LinkedHashMap<>();

    /// Messages between the driver's own actors, which are never lost and stay in order.
    private final Deque<Runnable> internal = new ArrayDeque<>();

    /// Executors that the task scheduler gave up and the DAG scheduler has not heard of yet.
    private final Set<ExecutorId> untoldLosses = new HashSet<>();

    private boolean draining;
    private long launched;

    SimulatedDriver(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
        this.network = new Network(world);
        this.faults = new Faults(world, this);
        boolean varied = world.settings.faults() > 0;
        this.dag =
                new DagDecisions(
                        varied && world.seed % 4 == 0 ? 2 : MAX_STAGE_ATTEMPTS,
                        world.settings.policy().secondCopies() || varied && world.seed % 3 == 0);
        this.tasks = new TaskDecisions(world.settings.policy());
        this.invariants = new Invariants(world, this);
        for (int i = 1; i <= world.settings.executors(); i++) {
            nodes.add(new SimulatedNode(world, this, i));
        }
        world.after(TICK, this::tick);
    }

    Network network() {
        return network;
    }

    Workload workload() {
        return workload;
    }

    Faults faults() {
        return faults;
    }

    Invariants invariants() {
        return invariants;
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    Collection<SimulatedReader> readers() {
        return readers.values();
    }

    SimulatedExecutor executor(ExecutorId id) {
        return executors.get(id);
    }

    void known(SimulatedExecutor executor) {
        executors.put(executor.id(), executor);
    }

    Collection<SimulatedExecutor> executors() {
        return executors.values();
    }

    StageBundle bundle(StageAttempt stage) {
        return bundles.get(stage);
    }

    StageOutputs outputs(StageId stage) {
        return dag.outputs(stage);
    }

    /// Whether an executor serves, as far as the DAG scheduler can know.
    boolean seemsLive(ExecutorId id) {
        return tasks.isLive(id) || untoldLosses.contains(id);
    }

    DagDecisions dag() {
        return dag;
    }

    TaskDecisions tasks() {
        return tasks;
    }

    long launched() {
        return launched;
    }

    int openBundles() {
        return bundles.size();
    }

    void nodeUp(SimulatedNode node) {
        world.note(() -> node.address + " is a member");
        obeyRecruiter(recruiter.nodeUp(node.address));
    }

    void nodeGone(SimulatedNode node) {
        world.note(() -> node.address + " is no member any more");
        obeyRecruiter(recruiter.nodeGone(node.address));
    }

    void granted(String node, ExecutorId executor) {
        obeyRecruiter(recruiter.granted(node, executor));
    }

    private void obeyRecruiter(List<RecruitAction> actions) {
        for (RecruitAction action : actions) {
            switch (action) {
                case RecruitAction.Ask a -> {
                    SimulatedNode node = node(a.node());
                    network.send(Network.DRIVER, node.place, node::ask);
                }
                case RecruitAction.Dismiss a -> {
                    SimulatedNode node = node(a.node());
                    network.send(Network.DRIVER, node.place, () -> node.stop(a.executor()));
                }
                case RecruitAction.Gone a -> gone(a.executor(), a.reason());
            }
        }
    }

    private SimulatedNode node(String address) {
        for (SimulatedNode node : nodes) {
            if (node.address.equals(address)) {
                return node;
            }
        }
        throw world.violation("there is no node " + address);
    }

    void announce(SimulatedExecutor executor) {
        send(executor.id(), new ExecutorMessage.Acknowledge(List.of()));
        obeyTasks(tasks.executorJoined(executor.info(), world.now()));
        if (!executor.isAlive()) {
            world.after(100, () -> gone(executor.id(), "death-watch"));
        }
    }

    /// Whatever notices that an executor is gone.
    void gone(ExecutorId id, String how) {
        world.note(() -> "the driver gives " + id + " up: " + how);
        obeyTasks(tasks.executorLost(id, how, world.now()));
    }

    void submit(JobSpec job) {
        world.note(() -> job.id() + " is submitted: " + describe(job));
        readers.put(job.id(), new SimulatedReader(world, this, job));
        obeyDag(dag.submit(job));
    }

    private static String describe(JobSpec job) {
        StringBuilder text = new StringBuilder();
        job.stages()
                .forEach(stage ->
                        text.append(stage.id())
                                .append(' ')
                                .append(stage.plan())
                                .append(" reads ")
                                .append(stage.inputs())
                                .append("; "));
        return text.toString();
    }

    void cancel(JobId job) {
        world.reached(RarePath.JOB_CANCELLED);
        invariants.cancelled(job);
        obeyDag(dag.cancel(job, "the user asked"));
    }

    void kill(Set<TaskAttemptId> running) {
        running.stream().findFirst().ifPresent(task -> obeyTasks(tasks.kill(task, KILL)));
    }

    void resultLost(JobId job, int partition) {
        obeyDag(dag.resultLost(job, partition));
    }

    void release(JobSpec job) {
        world.note(() -> job.id() + " is released");
        invariants.released(job);
        obeyDag(dag.release(job.target().query()));
        bundles.keySet().removeIf(stage -> stage.stage().query().equals(job.target().query()));
    }

    private void tick() {
        obeyTasks(tasks.tick(world.now()));
        obeyRecruiter(recruiter.tick());
        world.after(TICK, this::tick);
    }

    void receive(SchedulerMessage message) {
        world.note(() -> "the driver gets " + message);
        long now = world.now();
        switch (message) {
            case SchedulerMessage.TaskSucceeded m -> {
                acknowledge(m.executor(), m.task());
                obeyTasks(tasks.succeeded(m.task(), m.executor(), m.output(), m.metrics(), now));
            }
            case SchedulerMessage.TaskFailed m -> {
                acknowledge(m.executor(), m.task());
                obeyTasks(tasks.failed(m.task(), m.executor(), m.failure(), m.metrics(), now));
            }
            case SchedulerMessage.Heartbeat m -> {
                if (!tasks.isLive(m.executor())) {
                    world.reached(RarePath.MESSAGE_OF_THE_GIVEN_UP);
                }
                obeyTasks(tasks.heartbeat(m.executor(), m.running(), m.queries(), now));
            }
            case SchedulerMessage.AskCommit m -> {
                TaskAttemptId winner = tasks.mayCommit(m.task(), m.executor());
                if (m.task().equals(winner)) {
                    invariants.granted(m.task());
                }
                send(m.executor(), new ExecutorMessage.CommitAnswer(m.task(), winner));
            }
            case SchedulerMessage.OutputCopied m ->
                    obeyTasks(tasks.outputCopied(m.task(), m.executor(), m.made(), now));
            case SchedulerMessage.ExecutorLeaving m ->
                    obeyTasks(tasks.executorLeaves(m.executor(), m.reason(), now));
            case SchedulerMessage.Several m -> m.messages().forEach(this::receive);
            case SchedulerMessage.ExecutorStarted m -> throw world.violation("not used here");
            case SchedulerMessage.ExecutorStopped m -> gone(m.executor(), m.reason());
        }
    }

    private void acknowledge(ExecutorId executor, TaskAttemptId task) {
        send(executor, new ExecutorMessage.Acknowledge(List.of(task)));
    }

    private void send(ExecutorId id, ExecutorMessage message) {
        SimulatedExecutor executor = executors.get(id);
        network.send(Network.DRIVER, executor.node().place, () -> executor.receive(message));
    }

    private void obeyTasks(List<TaskAction> actions) {
        for (TaskAction action : actions) {
            switch (action) {
                case TaskAction.Launch a -> {
                    launched++;
                    invariants.launched(a.task(), a.executor());
                    send(a.executor(), new ExecutorMessage.LaunchTask(a.task(), a.spec(), 0));
                }
                case TaskAction.Stop a ->
                        send(a.executor(), new ExecutorMessage.CancelTask(a.task(), a.reason()));
                case TaskAction.Drop a ->
                        send(a.executor(), new ExecutorMessage.DropQuery(a.query()));
                case TaskAction.Succeeded a -> {
                    invariants.succeeded(a.task());
                    internal.add(
                            () -> obeyDag(dag.taskSucceeded(a.task(), a.holder(), a.output())));
                }
                case TaskAction.Failed a -> invariants.failed(a.task(), a.executor(), a.failure());
                case TaskAction.InputLost a ->
                        internal.add(() -> obeyDag(dag.fetchFailed(a.task(), a.failure())));
                case TaskAction.GaveUp a ->
                        internal.add(() -> obeyDag(dag.stageFailed(a.stage(), a.failure())));
                case TaskAction.Joined a -> {
                    recruiter.executorJoined(a.executor());
                    internal.add(() -> obeyDag(dag.executorJoined(a.executor(), a.totalSlots())));
                }
                case TaskAction.Lost a -> {
                    recruiter.executorLost(a.executor());
                    untoldLosses.add(a.executor());
                    internal.add(() -> lost(a));
                }
                case TaskAction.Excluded a -> world.reached(RarePath.EXECUTOR_EXCLUDED);
                case TaskAction.Admitted a -> world.reached(RarePath.EXECUTOR_ADMITTED_AGAIN);
                case TaskAction.Draining a -> {
                    invariants.draining(a.executor());
                    internal.add(() -> obeyDag(dag.executorDraining(a.executor())));
                }
                case TaskAction.Copy a ->
                        send(
                                a.executor(),
                                new ExecutorMessage.CopyOutput(a.task(), a.partitions(), a.from()));
                case TaskAction.Copied a -> {
                    invariants.copied(a.task(), a.holder().executor());
                    internal.add(() -> obeyDag(dag.outputCopied(a.task(), a.holder())));
                }
                case TaskAction.Dismiss a ->
                        send(a.executor(), new ExecutorMessage.Shutdown(a.reason()));
            }
        }
        drain();
    }

    private void lost(TaskAction.Lost a) {
        untoldLosses.remove(a.executor());
        obeyDag(dag.executorLost(a.executor(), a.totalSlots()));
        invariants.lost(a.executor());
    }

    private void obeyDag(List<DagAction> actions) {
        for (DagAction action : actions) {
            switch (action) {
                case DagAction.RunTasks a -> {
                    bundles.put(a.bundle().stage(), a.bundle());
                    invariants.started(a);
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

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (!internal.isEmpty()) {
            internal.poll().run();
        }
        draining = false;
        invariants.afterFact();
    }

    boolean allEnded() {
        for (SimulatedReader reader : readers.values()) {
            if (!reader.isOver()) {
                return false;
            }
        }
        return true;
    }
}
