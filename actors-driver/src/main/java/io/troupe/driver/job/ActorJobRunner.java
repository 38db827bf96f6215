package io.troupe.driver.job;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.schedule.DagScheduler;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.TaskScheduler;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.task.Held;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs queries through the actors. Safe for many threads.
public final class ActorJobRunner implements JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ActorJobRunner.class);

    private static final int MAX_OPEN_JOBS = 2_000;

    private static final String DEFECT =
            "the schedulers of this application ended by a defect, which the log tells; make a new session";
    private static final String CUT_OFF =
            "this driver can no longer reach the nodes of its cluster: they ended, or the network between is"
                    + " broken. Start them again (troupe node) and run the script again";

    private final ActorSystem<Driver.Command> system;
    private final Driver.Actors actors;
    private final Results results;
    private final BlockStore store;
    private final Resources resources;
    private final JobMetrics metrics;
    private final SlotCount slots;
    private final SchedulerListener listener;
    private final Supplier<Held> held;
    private final boolean local;
    private final Caches caches = new Caches(this);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong lastJob = new AtomicLong();
    private final Map<JobId, Active> active = new ConcurrentHashMap<>();

    /// A job whose handle is not closed.
    private record Active(Map<String, String> properties, ResultStream stream) {}

    /// What is released with the runner.
    @FunctionalInterface
    interface Resources {
        void close() throws IOException;
    }

    /// What a runner is made of.
    record Parts(
            ActorSystem<Driver.Command> system,
            Driver.Actors actors,
            Results results,
            BlockStore store,
            Resources resources,
            JobMetrics metrics,
            SlotCount slots,
            SchedulerListener listener,
            Supplier<Held> held,
            boolean local) {}

    ActorJobRunner(Parts parts) {
        this.system = parts.system();
        this.actors = parts.actors();
        this.results = parts.results();
        this.store = parts.store();
        this.resources = parts.resources();
        this.metrics = parts.metrics();
        this.slots = parts.slots();
        this.listener = parts.listener();
        this.held = parts.held();
        this.local = parts.local();
        system.getWhenTerminated().thenRun(this::failAll);
    }

    private void failAll() {
        TaskFailure failure =
                closed.get()
                        ? new TaskFailure.Cancelled("the application ended")
                        : new TaskFailure.NoExecutors(local ? DEFECT : CUT_OFF);
        active.values().forEach(job -> job.stream().failed(failure));
    }

    @Override
    public JobHandle run(QueryJob job) {
        PlannedJob planned =
                new PlannedJob(
                        new QueryId(job.queryId()),
                        job.graph(),
                        job.settings(),
                        true,
                        caches.plansReadBy(job.graph()));
        return start(planned, job, false);
    }

    ActorJobHandle start(PlannedJob planned, QueryJob context, boolean keep) {
        admit();
        JobId id = new JobId(lastJob.incrementAndGet());
        ResultStream stream = new ResultStream();
        metrics.open(planned.query());
        active.put(id, new Active(context.properties(), stream));
        actors.dag()
                .tell(
                        new DagScheduler.Submit(
                                new JobSpec(
                                        id,
                                        StageSpecs.of(planned),
                                        planned.target(),
                                        context.description(),
                                        context.pool(),
                                        context.deadlineMillis()),
                                stream));
        if (system.getWhenTerminated().toCompletableFuture().isDone()) {
            failAll();
        }
        return new ActorJobHandle(id, planned.query(), keep, this, stream);
    }

    /// The schedulers' state grows with jobs that are open, so their number is bounded.
    private void admit() {
        if (active.size() >= MAX_OPEN_JOBS) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "TOO_MANY_JOBS",
                    "53000",
                    MAX_OPEN_JOBS
                            + " jobs of this application are open. Read or close the results of some"
                            + " before you start more.",
                    Map.of("limit", String.valueOf(MAX_OPEN_JOBS)));
        }
    }

    @Override
    public int slots() {
        return slots.now();
    }

    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public List<ClusterMember> members() {
        return local ? List.of() : ClusterMember.seenBy(system);
    }

    @Override
    public Held held() {
        return held.get();
    }

    @Override
    public CacheRegistry caches() {
        return caches;
    }

    @Override
    public void cancel(Predicate<Map<String, String>> which, String reason) {
        active.forEach((job, of) -> {
            if (which.test(of.properties())) {
                actors.dag().tell(new DagScheduler.Cancel(job, reason));
            }
        });
    }

    @Override
    public void cancel(long job, String reason) {
        actors.dag().tell(new DagScheduler.Cancel(new JobId(job), reason));
    }

    @Override
    public void kill(TaskAttemptId task, String reason) {
        actors.tasks().tell(new TaskScheduler.KillTask(task, reason));
    }

    /// Sizes of a finished stage's outputs.
    DagScheduler.StageSummary describe(StageId stage) {
        CompletableFuture<DagScheduler.StageSummary> answer = new CompletableFuture<>();
        actors.dag().tell(new DagScheduler.Describe(stage, answer));
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Drops all that is held for a query; ends its jobs.
    void release(QueryId query) {
        actors.dag().tell(new DagScheduler.Release(query));
        if (!local) {
            store.drop(query);
        }
    }

    ActorRef<DagScheduler.Command> dag() {
        return actors.dag();
    }

    Results results() {
        return results;
    }

    Map<Integer, Map<String, Long>> metrics(QueryId query) {
        return metrics.of(query);
    }

    List<byte[]> observed(QueryId query, String observation) {
        return metrics.observed(query, observation);
    }

    void ended(JobId job, QueryId query) {
        active.remove(job);
        metrics.close(query);
    }

    void resultLost(JobId job, int partition, ExecutorId holder, TaskFailure.FetchFailure failure) {
        if (failure.reason() == TaskFailure.FetchFailure.Reason.UNREACHABLE) {
            actors.tasks().tell(new TaskScheduler.ExecutorGone(holder, failure.message()));
        }
        actors.dag().tell(new DagScheduler.ResultLost(job, partition));
    }

    void note(String what, IOException e) {
        LOG.debug("{} failed: {}", what, e.getMessage());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        system.tell(Driver.Command.Stop.NOW);
        try {
            system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the actors did not end in time: {}", e.getMessage());
        }
        listener.applicationEnded();
        store.close();
        try {
            resources.close();
        } catch (IOException e) {
            LOG.warn("not everything could be released: {}", e.getMessage());
        }
    }
}
