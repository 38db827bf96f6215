package io.troupe.executor;

import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.serialization.Outbox;
import io.troupe.cluster.serialization.Wire;
import io.troupe.cluster.serialization.WireFormatException;
import io.troupe.executor.fetch.OutputCopy;
import io.troupe.executor.task.Cancellation;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One application's executor on one node: takes tasks, tells their ends, drops what is no longer
/// wanted. It ends when its driver does.
public final class Executor extends AbstractBehavior<Executor.Command> {
    /// What it is told.
    public sealed interface Command {}

    private record FromDriver(ExecutorMessage message) implements Command {}

    private record CopyEnded(TaskAttemptId task, boolean made) implements Command {}

    /// Its node is asked to stop: leave when the scheduler says that nothing is lost by it.
    public record Leave(String reason) implements Command {}

    private record TaskEnded(SchedulerMessage end, TaskAttemptId task) implements Command {}

    private enum Beat implements Command {
        NOW
    }

    /// Ends of tasks have waited for others long enough.
    private enum Flush implements Command {
        NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final Duration BEAT = Duration.ofMillis(1_000);

    /// How long the end of a task waits, at most, for those that are about to follow.
    private static final Duration GATHERING = Duration.ofMillis(5);

    /// Ends that are told again per heartbeat; the rest follows with later ones.
    private static final int RETOLD_PER_BEAT = 1_000;

    /// What an executor is made of.
    ///
    /// @param info what it tells the scheduler about itself
    /// @param services what its tasks use
    /// @param bundles where it gets stage bundles
    /// @param scheduler whom it serves
    /// @param embedded whether the driver is in the same process, where no message is lost
    /// @param driverGone whether the connection that the driver holds tells that it is gone
    /// @param onStop releases what was made for it
    public record Setup(
            ExecutorInfo info,
            ExecutorServices services,
            BundleSource bundles,
            ActorRef<SchedulerMessage> scheduler,
            boolean embedded,
            BooleanSupplier driverGone,
            Runnable onStop) {}

    private final HeapReturn heapReturn = new HeapReturn();
    private final Setup setup;
    private final TimerScheduler<Command> timers;
    private final Outbox<SchedulerMessage> outbox;
    private final ActorRef<ExecutorMessage> address;
    private final TaskSlots slots;
    private final CommitQuestions commits;
    private final Map<TaskAttemptId, Cancellation> cancellations = new HashMap<>();

    private final TaskLedger ledger;

    private final Set<TaskAttemptId> copying = new HashSet<>();

    private boolean known;
    private boolean flushing;

    /// Why it leaves; null while it stays.
    private String leaving;

    private Executor(ActorContext<Command> context, TimerScheduler<Command> timers, Setup setup) {
        super(context);
        this.setup = setup;
        this.timers = timers;
        this.outbox = new Outbox<>(setup.scheduler(), SchedulerMessage.Several::new);
        this.ledger = new TaskLedger(!setup.embedded());
        this.commits = new CommitQuestions(setup.scheduler(), setup.info().id());
        this.address = context.messageAdapter(ExecutorMessage.class, FromDriver::new);
        ActorRef<Command> self = context.getSelf();
        this.slots =
                new TaskSlots(
                        setup.services(),
                        setup.info().slots(),
                        setup.bundles(),
                        commits,
                        end -> self.tell(new TaskEnded(end, taskOf(end))));
        if (!setup.embedded()) {
            context.watch(setup.scheduler());
            timers.startTimerWithFixedDelay(Beat.NOW, BEAT);
        }
        announce();
    }

    /// The behaviour.
    public static Behavior<Command> create(Setup setup) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Executor(context, timers, setup)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(Terminated.class, signal -> onDriverGone())
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    private Behavior<Command> onCommand(Command command) {
        return switch (command) {
            case FromDriver c -> onMessage(c.message());
            case TaskEnded c -> onTaskEnded(c);
            case CopyEnded c -> onCopyEnded(c);
            case Leave c -> onLeave(c);
            case Beat b -> onBeat();
            case Flush f -> {
                flushing = false;
                outbox.flush();
                yield this;
            }
        };
    }

    private Behavior<Command> onMessage(ExecutorMessage message) {
        known = true;
        switch (message) {
            case ExecutorMessage.Several m -> {
                Behavior<Command> next = this;
                for (ExecutorMessage each : m.messages()) {
                    next = next == this ? onMessage(each) : next;
                }
                return next;
            }
            case ExecutorMessage.LaunchTask m -> onLaunch(m);
            case ExecutorMessage.CancelTask m -> onCancel(m);
            case ExecutorMessage.DropQuery m -> {
                ledger.drop(m.query());
                drop(m.query());
            }
            case ExecutorMessage.Acknowledge m -> ledger.acknowledge(m.tasks());
            case ExecutorMessage.CommitAnswer m -> commits.answered(m);
            case ExecutorMessage.CopyOutput m -> onCopy(m);
            case ExecutorMessage.Shutdown m -> {
                LOG.info("executor {} ends: {}", setup.info().id(), m.reason());
                return Behaviors.stopped();
            }
        }
        return this;
    }

    private void drop(QueryId query) {
        slots.drop(query);
        setup.services().store().drop(query);
        heapReturn.queryEnded();
    }

    private void onLaunch(ExecutorMessage.LaunchTask m) {
        switch (ledger.launch(m.task())) {
            case START -> {
                Cancellation cancellation = new Cancellation();
                cancellations.put(m.task(), cancellation);
                slots.start(m.task(), m.spec(), cancellation);
            }
            case RETELL -> tell(ledger.end(m.task()));
            case STOP, DENY, NOTHING -> LOG.debug("{} was launched again", m.task());
        }
    }

    private void onCancel(ExecutorMessage.CancelTask m) {
        switch (ledger.cancel(m.task())) {
            case STOP -> stop(m);
            case RETELL -> tell(ledger.end(m.task()));
            case DENY ->
                    tell(
                            new SchedulerMessage.TaskFailed(
                                    m.task(),
                                    setup.info().id(),
                                    new TaskFailure.Cancelled(m.reason()),
                                    TaskMetrics.NONE));
            case START, NOTHING -> LOG.debug("{} was cancelled again", m.task());
        }
    }

    private void stop(ExecutorMessage.CancelTask m) {
        if (slots.withdraw(m.task())) {
            SchedulerMessage end =
                    new SchedulerMessage.TaskFailed(
                            m.task(),
                            setup.info().id(),
                            new TaskFailure.Cancelled(m.reason()),
                            TaskMetrics.NONE);
            onTaskEnded(new TaskEnded(end, m.task()));
        } else {
            stop(cancellations.get(m.task()), m.reason());
        }
    }

    private void onCopy(ExecutorMessage.CopyOutput m) {
        if (!copying.add(m.task())) {
            return;
        }
        ledger.keep(m.task().stage().stage().query());
        ExecutorServices services = setup.services();
        ActorRef<Command> self = getContext().getSelf();
        Thread.ofVirtual()
                .name("copy")
                .start(() -> {
                    boolean made = false;
                    try {
                        OutputCopy.make(
                                m.task(),
                                m.partitions(),
                                m.from(),
                                services.client(),
                                services.store());
                        made = true;
                    } catch (IOException | RuntimeException e) {
                        LOG.debug("cannot copy the output of {}: {}", m.task(), e.getMessage());
                    } finally {
                        self.tell(new CopyEnded(m.task(), made));
                    }
                });
    }

    private Behavior<Command> onCopyEnded(CopyEnded c) {
        copying.remove(c.task());
        QueryId query = c.task().stage().stage().query();
        if (!ledger.keeps(query)) {
            drop(query);
        }
        setup.scheduler()
                .tell(new SchedulerMessage.OutputCopied(c.task(), setup.info().id(), c.made()));
        return this;
    }

    private Behavior<Command> onLeave(Leave c) {
        leaving = c.reason();
        sayLeaving();
        return this;
    }

    private void sayLeaving() {
        setup.scheduler().tell(new SchedulerMessage.ExecutorLeaving(setup.info().id(), leaving));
    }

    /// What unblocks a task may block for a moment itself, so it runs on a thread of its own.
    private static void stop(Cancellation cancellation, String reason) {
        Thread.ofVirtual().name("cancel").start(() -> cancellation.cancel(reason));
    }

    private Behavior<Command> onTaskEnded(TaskEnded c) {
        cancellations.remove(c.task());
        if (ledger.ended(c.task(), c.end())) {
            drop(c.task().stage().stage().query());
        }
        tell(c.end());
        return this;
    }

    /// Tells the end of a task, together with those that have come meanwhile, and with others if
    /// some wait here that will follow soon: tasks are sent ahead only where they are short.
    private void tell(SchedulerMessage end) {
        add(end);
        if (setup.embedded()) {
            outbox.flush();
        } else if (outbox.size() >= slots.waiting()) {
            flushSoon();
        } else if (!timers.isTimerActive(Flush.NOW)) {
            timers.startSingleTimer(Flush.NOW, GATHERING);
        }
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            getContext().getSelf().tell(Flush.NOW);
        }
    }

    private void add(SchedulerMessage end) {
        try {
            outbox.add(end);
        } catch (WireFormatException e) {
            TaskFailure failure =
                    new TaskFailure.TaskError(
                            TroupeException.Kind.SparkException.name(),
                            "INTERNAL_ERROR",
                            "XX000",
                            e.getMessage(),
                            Map.of(),
                            "",
                            "",
                            "",
                            true);
            SchedulerMessage told =
                    new SchedulerMessage.TaskFailed(
                            taskOf(end), setup.info().id(), failure, TaskMetrics.NONE);
            ledger.replace(taskOf(end), told);
            outbox.add(told);
        }
    }

    private Behavior<Command> onBeat() {
        if (setup.driverGone().getAsBoolean()) {
            return onDriverGone();
        }
        if (!known) {
            announce();
            return this;
        }
        if (leaving != null) {
            sayLeaving();
        }
        ledger.untold(RETOLD_PER_BEAT).forEach(this::add);
        outbox.flush();
        Wire.tell(
                setup.scheduler(),
                new SchedulerMessage.Heartbeat(
                        setup.info().id(),
                        ledger.running(),
                        ledger.queries(),
                        setup.services().store().memoryBytes(),
                        setup.services().store().diskBytes()));
        return this;
    }

    private void announce() {
        setup.scheduler().tell(new SchedulerMessage.ExecutorStarted(setup.info(), address));
    }

    private Behavior<Command> onDriverGone() {
        LOG.info("executor {} ends: its driver is gone", setup.info().id());
        return Behaviors.stopped();
    }

    private Behavior<Command> onStop() {
        cancellations.values().forEach(cancellation -> cancellation.cancel("the executor ends"));
        slots.close();
        setup.onStop().run();
        return this;
    }

    private static TaskAttemptId taskOf(SchedulerMessage end) {
        return switch (end) {
            case SchedulerMessage.TaskSucceeded m -> m.task();
            case SchedulerMessage.TaskFailed m -> m.task();
            case SchedulerMessage.AskCommit m -> m.task();
            case SchedulerMessage.ExecutorStarted m -> throw noTask(m);
            case SchedulerMessage.ExecutorStopped m -> throw noTask(m);
            case SchedulerMessage.ExecutorLeaving m -> throw noTask(m);
            case SchedulerMessage.OutputCopied m -> throw noTask(m);
            case SchedulerMessage.Heartbeat m -> throw noTask(m);
            case SchedulerMessage.Several m -> throw noTask(m);
        };
    }

    private static IllegalArgumentException noTask(SchedulerMessage message) {
        return new IllegalArgumentException("not the end of a task: " + message);
    }
}
