package io.troupe.driver.job;

import io.troupe.cluster.node.ActorConfig;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.driver.schedule.DagScheduler;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.StageBundles;
import io.troupe.driver.schedule.TaskLimits;
import io.troupe.driver.schedule.TaskScheduler;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolder;
import io.troupe.executor.task.Engine;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.PythonWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs jobs: the session layer's way to the schedulers. Safe for many threads.
public final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final ActorSystem<Driver.Command> system;
    private final Driver.Actors actors;
    private final Results results;
    private final BlockStore store;
    private final ScratchFolder scratch;
    private final AtomicLong lastJob = new AtomicLong();
    private final AtomicLong lastQuery = new AtomicLong();
    private final Map<JobId, String> groups = new ConcurrentHashMap<>();

    private JobRunner(
            ActorSystem<Driver.Command> system,
            Driver.Actors actors,
            Results results,
            BlockStore store,
            ScratchFolder scratch) {
        this.system = system;
        this.actors = actors;
        this.results = results;
        this.store = store;
        this.scratch = scratch;
    }

    /// How local mode is set up.
    ///
    /// @param slots tasks at once
    /// @param pool the memory of this process
    /// @param scratch folder in which a folder for spilled data is made
    /// @param engine the columnar engine
    /// @param python the Python workers
    /// @param listener is told what the schedulers do
    public record Local(
            int slots, MemoryPool pool, Path scratch, Engine engine, PythonWorkers python, SchedulerListener listener) {}

    /// Starts local mode: the same actors as in a cluster, in this process.
    ///
    /// @throws IOException if the scratch folder cannot be used
    public static JobRunner local(Local local) throws IOException {
        ScratchFolder scratch = ScratchFolder.create(local.scratch());
        Path spill = Files.createDirectories(scratch.path().resolve("spill"));
        BlockStore store = new BlockStore(local.pool(), scratch.path());
        ExecutorServices services = new ExecutorServices(
                Driver.embedded(), store, local.pool(), spill, local.engine(), local.python(), null, 0);
        CompletableFuture<Driver.Actors> started = new CompletableFuture<>();
        Driver.Setup setup = new Driver.Setup(
                TaskLimits.LOCAL, new StageBundles(), local.listener(), (info, scheduler) -> {}, started);
        ActorSystem<Driver.Command> system = ActorSystem.create(
                Driver.local(setup, services, local.slots()), ActorConfig.SYSTEM, ActorConfig.local());
        return new JobRunner(
                system, started.join(), new Results(Driver.embedded(), store, null), store, scratch);
    }

    /// A new query's identity.
    public QueryId newQuery() {
        return new QueryId(lastQuery.incrementAndGet());
    }

    /// Starts a job. The handle must be closed.
    public JobHandle run(JobRequest request) {
        JobId id = new JobId(lastJob.incrementAndGet());
        ResultStream stream = new ResultStream();
        JobHandle handle = new JobHandle(id, request, this, stream);
        if (!request.group().isEmpty()) {
            groups.put(id, request.group());
        }
        StageId target = new StageId(request.query(), request.graph().result().id());
        JobSpec job = new JobSpec(id, StageSpecs.of(request, Map.of()), target);
        actors.dag().tell(new DagScheduler.Submit(job, stream));
        system.getWhenTerminated().thenRun(() -> stream.failed(new TaskFailure.Cancelled("the application ended")));
        return handle;
    }

    /// Sizes of a finished stage's outputs, for planning on; null if it is not done.
    public DagScheduler.StageSummary describe(QueryId query, int stage) {
        CompletableFuture<DagScheduler.StageSummary> answer = new CompletableFuture<>();
        actors.dag().tell(new DagScheduler.Describe(new StageId(query, stage), answer));
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Drops all that is held for a query; ends its jobs.
    public void release(QueryId query) {
        actors.dag().tell(new DagScheduler.Release(query));
        store.drop(query);
    }

    /// Ends all jobs of a group; of all groups if it is null.
    public void cancelGroup(String group, String reason) {
        groups.forEach((job, name) -> {
            if (group == null || group.equals(name)) {
                actors.dag().tell(new DagScheduler.Cancel(job, reason));
            }
        });
    }

    ActorRef<DagScheduler.Command> dag() {
        return actors.dag();
    }

    Results results() {
        return results;
    }

    void ended(JobId job) {
        groups.remove(job);
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
    public void close() throws IOException {
        system.tell(Driver.Command.Stop.NOW);
        try {
            system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("the actors did not end in time: {}", e.getMessage());
        }
        store.close();
        scratch.close();
    }
}
