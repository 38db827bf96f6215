package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.driver.shuffle.StageOutputs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Runs the stages of an application's jobs: a shell over [DagDecisions].
public final class DagScheduler extends AbstractBehavior<DagScheduler.Command> {
    /// What it is told. All of it stays inside the driver's process.
    public sealed interface Command {}

    /// Run a job.
    public record Submit(JobSpec job, JobListener listener) implements Command {}

    /// End a job.
    public record Cancel(JobId job, String reason) implements Command {}

    /// End a query's jobs and forget what is held for it.
    public record Release(QueryId query) implements Command {}

    /// A result partition could not be read.
    public record ResultLost(JobId job, int partition) implements Command {}

    /// Tell what is known of a finished stage's outputs: bytes per output partition, or null if it
    /// is not done.
    public record Describe(StageId stage, CompletableFuture<StageSummary> answer)
            implements Command {}

    /// A task ended well; from the task scheduler.
    record TaskSucceeded(TaskAttemptId task, ExecutorAddress holder, TaskOutput output)
            implements Command {}

    /// A task could not read an input; from the task scheduler.
    record InputLost(TaskAttemptId task, TaskFailure.FetchFailure failure) implements Command {}

    /// A stage attempt is hopeless; from the task scheduler.
    record StageFailed(StageAttempt stage, TaskFailure failure) implements Command {}

    /// An executor joined; from the task scheduler.
    record ExecutorJoined(ExecutorId executor, int totalSlots) implements Command {}

    /// An executor leaves; from the task scheduler.
    record ExecutorDraining(ExecutorId executor) implements Command {}

    /// An output lies at one more executor; from the task scheduler.
    record OutputCopied(TaskAttemptId task, ExecutorAddress holder) implements Command {}

    /// An executor is gone; from the task scheduler.
    record ExecutorLost(ExecutorId executor, int totalSlots) implements Command {}

    /// Outputs of a finished stage.
    ///
    /// @param tasks number of its tasks
    /// @param partitionBytes approximate bytes per output partition
    /// @param rows rows written
    public record StageSummary(int tasks, long[] partitionBytes, long rows) {}

    private final TimerScheduler<Command> timers;
    private final DagDecisions decisions;
    private final StageBundles bundles;
    private final SchedulerListener listener;
    private final ActorRef<TaskScheduler.Command> tasks;
    private final Map<JobId, JobListener> jobs = new HashMap<>();

    private DagScheduler(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            DagDecisions decisions,
            StageBundles bundles,
            SchedulerListener listener,
            TaskSchedulerFactory factory) {
        super(context);
        this.timers = timers;
        this.decisions = decisions;
        this.bundles = bundles;
        this.listener = listener;
        this.tasks = factory.spawn(context.getSelf());
    }

    /// Starts the task scheduler that works for this DAG scheduler.
    @FunctionalInterface
    public interface TaskSchedulerFactory {
        /// Starts it.
        ActorRef<TaskScheduler.Command> spawn(ActorRef<Command> dag);
    }

    /// The behaviour.
    ///
    /// @param decisions decides; used by nobody else
    /// @param bundles where executors find their bundles
    /// @param listener is told what happens
    /// @param factory starts the task scheduler
    public static Behavior<Command> create(
            DagDecisions decisions,
            StageBundles bundles,
            SchedulerListener listener,
            TaskSchedulerFactory factory) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers ->
                        new DagScheduler(context, timers, decisions, bundles, listener, factory)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onCommand).build();
    }

    private Behavior<Command> onCommand(Command command) {
        switch (command) {
            case Submit c -> onSubmit(c);
            case Cancel c -> obey(decisions.cancel(c.job(), c.reason()));
            case Release c -> onRelease(c);
            case ResultLost c -> obey(decisions.resultLost(c.job(), c.partition()));
            case Describe c -> c.answer().complete(summary(decisions.outputs(c.stage())));
            case TaskSucceeded c -> obey(decisions.taskSucceeded(c.task(), c.holder(), c.output()));
            case InputLost c -> obey(decisions.fetchFailed(c.task(), c.failure()));
            case StageFailed c -> obey(decisions.stageFailed(c.stage(), c.failure()));
            case ExecutorJoined c -> obey(decisions.executorJoined(c.executor(), c.totalSlots()));
            case ExecutorDraining c -> obey(decisions.executorDraining(c.executor()));
            case OutputCopied c -> obey(decisions.outputCopied(c.task(), c.holder()));
            case ExecutorLost c -> obey(decisions.executorLost(c.executor(), c.totalSlots()));
        }
        return this;
    }

    private void onSubmit(Submit c) {
        jobs.put(c.job().id(), c.listener());
        listener.jobStarted(c.job());
        if (c.job().deadlineMillis() > 0) {
            Duration limit = Duration.ofMillis(c.job().deadlineMillis());
            String reason = "the job's deadline of " + limit.toMillis() + " ms is over";
            timers.startSingleTimer(c.job().id(), new Cancel(c.job().id(), reason), limit);
        }
        obey(decisions.submit(c.job()));
    }

    private void onRelease(Release c) {
        obey(decisions.release(c.query()));
        bundles.drop(c.query());
    }

    private static StageSummary summary(StageOutputs outputs) {
        return outputs == null || !outputs.isComplete()
                ? null
                : new StageSummary(outputs.partitions(), outputs.partitionBytes(), outputs.rows());
    }

    private void obey(List<DagAction> actions) {
        for (DagAction action : actions) {
            switch (action) {
                case DagAction.RunTasks a -> {
                    bundles.put(a.bundle());
                    listener.stageStarted(a.bundle().stage(), a.job(), a.tasks().size());
                    tasks.tell(new TaskScheduler.Submit(a));
                }
                case DagAction.CancelTasks a -> {
                    listener.stageCancelled(a.stage(), a.reason());
                    bundles.drop(a.stage());
                    tasks.tell(new TaskScheduler.CancelStage(a.stage(), a.reason()));
                }
                case DagAction.ResultLayout a -> jobs.get(a.job()).resultLayout(a.partitions());
                case DagAction.ResultReady a ->
                        jobs.get(a.job()).resultReady(a.task(), a.holder(), a.output());
                case DagAction.StageDone a -> {
                    listener.stageDone(a.stage());
                    bundles.drop(a.stage());
                }
                case DagAction.JobDone a -> {
                    timers.cancel(a.job());
                    listener.jobEnded(a.job(), null);
                    jobs.get(a.job()).done();
                }
                case DagAction.JobFailed a -> {
                    timers.cancel(a.job());
                    listener.jobEnded(a.job(), a.failure());
                    jobs.remove(a.job()).failed(a.failure());
                }
                case DagAction.CopyOutput a -> tasks.tell(new TaskScheduler.CopyOutput(a));
                case DagAction.OutputsListed a ->
                        tasks.tell(new TaskScheduler.OutputsListed(a.executor()));
                case DagAction.DropQuery a -> {
                    jobs.keySet().removeIf(job -> !decisions.knows(job));
                    tasks.tell(new TaskScheduler.DropQuery(a.query()));
                }
            }
        }
    }
}
