package io.troupe.driver.job;

import io.troupe.cluster.node.ActorConfig;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.StageBundles;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;
import io.troupe.executor.task.Engine;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.PythonWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;

/// Starts local mode: the same actors as in a cluster, with one executor inside this process, and
/// batches handed over by reference.
///
/// @param slots tasks at once
/// @param pool the memory of this process
/// @param scratch folders in which folders for spilled data are made
/// @param engine the columnar engine
/// @param python the Python workers
/// @param scheduling how tasks are placed, and who is told
public record LocalRunner(
        int slots,
        MemoryPool pool,
        List<Path> scratch,
        Engine engine,
        PythonWorkers python,
        Scheduling scheduling) {
    /// Starts it.
    ///
    /// @throws IOException if the scratch folder cannot be used
    public JobRunner start() throws IOException {
        ScratchFolders folders = ScratchFolders.create(scratch);
        BlockStore store = new BlockStore(pool, folders);
        ExecutorServices services =
                new ExecutorServices(
                        Driver.embedded(), store, pool, folders, engine, python, null, 0);
        ExecutorInfo info =
                new ExecutorInfo(
                        new ExecutorAddress(services.id(), "localhost", 0),
                        slots,
                        pool.limit(),
                        "");
        JobMetrics metrics = new JobMetrics();
        SlotCount count = new SlotCount();
        count.executorJoined(info);
        CompletableFuture<Driver.Actors> started = new CompletableFuture<>();
        Driver.Setup setup =
                new Driver.Setup(
                        scheduling.policy(),
                        new StageBundles(),
                        SchedulerListener.all(List.of(metrics, count, scheduling.listener())),
                        (executor, scheduler) -> {},
                        started);
        ActorSystem<Driver.Command> system =
                ActorSystem.create(
                        Driver.local(setup, services, info),
                        ActorConfig.SYSTEM,
                        ActorConfig.local());
        return new ActorJobRunner(
                new ActorJobRunner.Parts(
                        system,
                        started.join(),
                        new Results(Driver.embedded(), store, null),
                        store,
                        () -> {
                            python.close();
                            folders.close();
                        },
                        metrics,
                        count,
                        scheduling.listener(),
                        services::held,
                        true));
    }
}
