package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.serialization.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Places an application's tasks on executors: a shell over [TaskDecisions]. Every way of learning
/// that an executor is gone ends here, in [ExecutorGone].
public final class TaskScheduler extends AbstractBehavior<TaskScheduler.Command> {
    /// What it is told.
    public sealed interface Command {}

    /// Run tasks; from the DAG scheduler.
    record Submit(DagAction.RunTasks run) implements Command {}

    /// Stop a stage attempt; from the DAG scheduler.
    record CancelStage(StageAttempt stage, String reason) implements Command {}

    /// End one attempt and try its task once more.
    ///
    /// @param task the attempt
    /// @param reason who and why
    public record KillTask(TaskAttemptId task, String reason) implements Command {}

    /// Copy an output to a second executor; from the DAG scheduler.
    record CopyOutput(DagAction.CopyOutput order) implements Command {}

    /// All copies that a leaving executor needs were ordered; from the DAG scheduler.
    record OutputsListed(ExecutorId executor) implements Command {}

    /// Let executors forget a query; from the DAG scheduler.
    record DropQuery(QueryId query) implements Command {}

    /// An executor is gone: by death-watch, by a failed launch, by a broken lifeline, by
    /// membership, by a fetch that could not reach it. Repeating it changes nothing.
    ///
    /// @param executor the executor
    /// @param reason how it was noticed
    public record ExecutorGone(ExecutorId executor, String reason) implements Command {}

    /// From an executor, over the wire or not.
    record FromExecutor(SchedulerMessage message) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    /// What was to be told until now may be sent: it comes after the messages that were there, so
    /// that what they lead to travels together.
    private enum Flush implements Command {
        NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(TaskScheduler.class);
    private static final int ACKNOWLEDGE_AT = 256;

    private final ActorRef<DagScheduler.Command> dag;
    private final SchedulerListener listener;
    private final ExecutorWatcher watcher;
    private final TaskDecisions decisions;
    private final Map<ExecutorId, Contact> contacts = new HashMap<>();
    private boolean flushing;

    /// How an executor is reached, and the ends of tasks that it must not report again.
    private record Contact(
            ActorRef<ExecutorMessage> ref,
            Outbox<ExecutorMessage> outbox,
            List<TaskAttemptId> unacknowledged,
            boolean local) {}

    /// Is told of executors that come, to watch them by other means than messages.
    @FunctionalInterface
    public interface ExecutorWatcher {
        /// An executor joined.
        void joined(ExecutorInfo executor, ActorRef<Command> scheduler);
    }

    private TaskScheduler(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<DagScheduler.Command> dag,
            SchedulingPolicy policy,
            SchedulerListener listener,
            ExecutorWatcher watcher,
            CompletableFuture<ActorRef<SchedulerMessage>> forExecutors) {
        super(context);
        this.dag = dag;
        this.listener = listener;
        this.watcher = watcher;
        this.decisions = new TaskDecisions(policy);
        timers.startTimerWithFixedDelay(Tick.NOW, Duration.ofMillis(500));
        forExecutors.complete(context.messageAdapter(SchedulerMessage.class, FromExecutor::new));
    }

    /// The behaviour.
    ///
    /// @param dag is told the ends of tasks
    /// @param policy how tasks are placed
    /// @param listener is told what happens
    /// @param watcher is told of executors that come
    /// @param forExecutors is given the address that executors are told
    public static Behavior<Command> create(
            ActorRef<DagScheduler.Command> dag,
            SchedulingPolicy policy,
            SchedulerListener listener,
            ExecutorWatcher watcher,
            CompletableFuture<ActorRef<SchedulerMessage>> forExecutors) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers ->
                        new TaskScheduler(
                                context, timers, dag, policy, listener, watcher, forExecutors)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onCommand(Command command) {
        long now = now();
        switch (command) {
            case Submit c -> obey(decisions.submit(c.run(), now));
            case CancelStage c -> obey(decisions.cancel(c.stage(), c.reason(), now));
            case KillTask c -> obey(decisions.kill(c.task(), c.reason()));
            case CopyOutput c -> obey(decisions.copyOutput(c.order(), now));
            case OutputsListed c -> obey(decisions.outputsListed(c.executor(), now));
            case DropQuery c -> obey(decisions.drop(c.query()));
            case ExecutorGone c -> obey(decisions.executorLost(c.executor(), c.reason(), now));
            case FromExecutor c -> onMessage(c.message(), now);
            case Tick t -> onTick(now);
            case Flush f -> {
                flushing = false;
                contacts.values().forEach(contact -> contact.outbox().flush());
            }
        }
        return this;
    }

    private void onMessage(SchedulerMessage message, long now) {
        switch (message) {
            case SchedulerMessage.Several m -> m.messages().forEach(each -> onMessage(each, now));
            case SchedulerMessage.ExecutorStarted m -> onStarted(m, now);
            case SchedulerMessage.TaskSucceeded m -> {
                acknowledge(m.executor(), m.task());
                obey(decisions.succeeded(m.task(), m.executor(), m.output(), m.metrics(), now));
            }
            case SchedulerMessage.TaskFailed m -> {
                acknowledge(m.executor(), m.task());
                obey(decisions.failed(m.task(), m.executor(), m.failure(), m.metrics(), now));
            }
            case SchedulerMessage.Heartbeat m -> {
                sendAcknowledgements(m.executor());
                obey(decisions.heartbeat(m.executor(), m.running(), m.queries(), now));
            }
            case SchedulerMessage.AskCommit m ->
                    send(
                            m.executor(),
                            new ExecutorMessage.CommitAnswer(
                                    m.task(), decisions.mayCommit(m.task(), m.executor())));
            case SchedulerMessage.OutputCopied m ->
                    obey(decisions.outputCopied(m.task(), m.executor(), m.made(), now));
            case SchedulerMessage.ExecutorLeaving m ->
                    obey(decisions.executorLeaves(m.executor(), m.reason(), now));
            case SchedulerMessage.ExecutorStopped m ->
                    obey(decisions.executorLost(m.executor(), m.reason(), now));
        }
    }

    private void onStarted(SchedulerMessage.ExecutorStarted m, long now) {
        ExecutorId id = m.info().id();
        boolean isNew = !contacts.containsKey(id);
        if (isNew) {
            boolean local = m.info().address().port() == 0;
            Outbox<ExecutorMessage> outbox =
                    new Outbox<>(m.executor(), ExecutorMessage.Several::new);
            contacts.put(id, new Contact(m.executor(), outbox, new ArrayList<>(), local));
            getContext().watch(m.executor());
        }
        send(id, new ExecutorMessage.Acknowledge(List.of()));
        List<TaskAction> actions = decisions.executorJoined(m.info(), now);
        if (isNew && decisions.isLive(id)) {
            watcher.joined(m.info(), getContext().getSelf());
            listener.executorJoined(m.info());
        }
        obey(actions);
    }

    /// Contacts last until here, beyond the executor's loss: one that was given up while it lives
    /// may have to be told so again.
    private Behavior<Command> onTerminated(Terminated signal) {
        contacts.entrySet()
                .removeIf(entry -> {
                    boolean ended = entry.getValue().ref().equals(signal.getRef());
                    if (ended) {
                        String reason = "its process ended or was cut off";
                        getContext().getSelf().tell(new ExecutorGone(entry.getKey(), reason));
                    }
                    return ended;
                });
        return this;
    }

    private void onTick(long now) {
        contacts.keySet().forEach(this::sendAcknowledgements);
        obey(decisions.tick(now));
    }

    private void acknowledge(ExecutorId id, TaskAttemptId task) {
        Contact contact = contacts.get(id);
        if (contact != null && !contact.local()) {
            contact.unacknowledged().add(task);
            if (contact.unacknowledged().size() >= ACKNOWLEDGE_AT) {
                sendAcknowledgements(id);
            }
        }
    }

    private void sendAcknowledgements(ExecutorId id) {
        Contact contact = contacts.get(id);
        if (contact != null && !contact.unacknowledged().isEmpty()) {
            send(id, new ExecutorMessage.Acknowledge(List.copyOf(contact.unacknowledged())));
            contact.unacknowledged().clear();
        }
    }

    private void send(ExecutorId id, ExecutorMessage message) {
        Contact contact = contacts.get(id);
        if (contact == null) {
            return;
        }
        contact.outbox().add(message);
        if (contact.local()) {
            contact.outbox().flush();
        } else if (!flushing) {
            flushing = true;
            getContext().getSelf().tell(Flush.NOW);
        }
    }

    private void obey(List<TaskAction> actions) {
        for (TaskAction action : actions) {
            switch (action) {
                case TaskAction.Launch a -> launch(a);
                case TaskAction.Stop a ->
                        send(a.executor(), new ExecutorMessage.CancelTask(a.task(), a.reason()));
                case TaskAction.Succeeded a -> {
                    listener.taskEnded(a.task(), a.holder().executor(), a.metrics(), null);
                    dag.tell(new DagScheduler.TaskSucceeded(a.task(), a.holder(), a.output()));
                }
                case TaskAction.Failed a ->
                        listener.taskEnded(a.task(), a.executor(), a.metrics(), a.failure());
                case TaskAction.Drop a ->
                        send(a.executor(), new ExecutorMessage.DropQuery(a.query()));
                case TaskAction.InputLost a ->
                        dag.tell(new DagScheduler.InputLost(a.task(), a.failure()));
                case TaskAction.GaveUp a ->
                        dag.tell(new DagScheduler.StageFailed(a.stage(), a.failure()));
                case TaskAction.Joined a ->
                        dag.tell(new DagScheduler.ExecutorJoined(a.executor(), a.totalSlots()));
                case TaskAction.Lost a -> onLost(a);
                case TaskAction.Excluded a -> {
                    listener.executorExcluded(a.executor(), a.last());
                    LOG.warn("executor {} gets no more tasks for now", a.executor());
                }
                case TaskAction.Admitted a -> listener.executorAdmitted(a.executor());
                case TaskAction.Draining a ->
                        dag.tell(new DagScheduler.ExecutorDraining(a.executor()));
                case TaskAction.Copy a ->
                        send(
                                a.executor(),
                                new ExecutorMessage.CopyOutput(a.task(), a.partitions(), a.from()));
                case TaskAction.Copied a ->
                        dag.tell(new DagScheduler.OutputCopied(a.task(), a.holder()));
                case TaskAction.Dismiss a ->
                        send(
                                a.executor(),
                                new ExecutorMessage.Shutdown(
                                        "the driver gave it up: " + a.reason()));
            }
        }
    }

    private void launch(TaskAction.Launch a) {
        int bytes = TaskSize.estimate(a.spec());
        boolean byBundle = bytes > TaskSize.LARGE;
        listener.taskLaunched(a.task(), a.executor());
        send(
                a.executor(),
                new ExecutorMessage.LaunchTask(
                        a.task(), byBundle ? null : a.spec(), byBundle ? 256 : bytes));
    }

    private void onLost(TaskAction.Lost a) {
        listener.executorLost(a.executor(), a.reason());
        LOG.warn("executor {} is lost: {}", a.executor(), a.reason());
        dag.tell(new DagScheduler.ExecutorLost(a.executor(), a.totalSlots()));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
