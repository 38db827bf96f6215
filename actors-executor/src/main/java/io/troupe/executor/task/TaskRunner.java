package io.troupe.executor.task;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.executor.block.OutputWriter;
import io.troupe.planner.stage.TaskSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/// Runs one task on the calling thread, from its bundle to the message that tells its end. Never
/// throws for what the task does.
public final class TaskRunner {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<GarbageCollectorMXBean> COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans();

    private final ExecutorServices services;
    private final CommitGate commits;
    private final MemorySamples samples;

    /// A runner for an executor.
    ///
    /// @param commits where its tasks ask whether their output may count
    public TaskRunner(ExecutorServices services, CommitGate commits) {
        this.services = services;
        this.commits = commits;
        this.samples = new MemorySamples(services);
    }

    /// Runs a task.
    ///
    /// @param bundle the bundle of its stage attempt
    /// @param spec its inputs
    /// @param query what the query's tasks share on this executor
    /// @return the end of the task, to be told to the scheduler
    public SchedulerMessage run(
            TaskAttemptId id,
            StageBundle bundle,
            TaskSpec spec,
            QueryState query,
            Cancellation cancellation) {
        long started = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long collecting = collectingMillis();
        ExecutorId executor = services.id();
        RunningTask context =
                new RunningTask(
                        id,
                        bundle,
                        spec,
                        query,
                        services,
                        new RunningTask.Control(cancellation, commits));
        try {
            cancellation.check();
            TaskOutput output = produce(id, bundle, context);
            return new SchedulerMessage.TaskSucceeded(
                    id, executor, output, metrics(context, started, cpu, collecting));
        } catch (Throwable t) {
            TaskFailure failure =
                    cancellation.reason() != null
                            ? new TaskFailure.Cancelled(cancellation.reason())
                            : Failures.of(t);
            return new SchedulerMessage.TaskFailed(
                    id, executor, failure, metrics(context, started, cpu, collecting));
        }
    }

    private TaskOutput produce(TaskAttemptId id, StageBundle bundle, RunningTask context)
            throws IOException {
        int partitions = bundle.outputPartitions();
        try (Operator root = services.engine().open(context.plan().stage().plan(), context);
                OutputWriter writer = services.store().write(id, partitions)) {
            if (context.plan().stage().isResult()) {
                for (Batch batch = root.next(); batch != null; batch = root.next()) {
                    context.checkCancelled();
                    writer.add(0, batch);
                }
            } else {
                split(root, writer, context);
            }
            context.checkCancelled();
            context.metrics().add("exchange.spill.bytes", writer.spilledBytes());
            TaskOutput output = writer.commit();
            String kind = context.plan().toCaller() ? "result." : "exchange.write.";
            context.metrics().add(kind + "rows", output.rows());
            context.metrics().add(kind + "bytes", output.sizes().total());
            return context.plan().toCaller() && services.inlineLimit() > 0
                    ? InlineResult.inline(output, id, services)
                    : output;
        }
    }

    private void split(Operator root, OutputWriter writer, RunningTask context) {
        Engine.Emitter emitter =
                (partition, batch) -> {
                    try {
                        writer.add(partition, batch);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
        try (Engine.Splitter splitter = services.engine().splitter(context.plan(), context)) {
            for (Batch batch = root.next(); batch != null; batch = root.next()) {
                context.checkCancelled();
                splitter.add(batch, emitter);
            }
            splitter.finish(emitter);
        }
    }

    private TaskMetrics metrics(RunningTask context, long started, long cpu, long collecting) {
        context.metrics().add("memory.peak.bytes", context.memory().peak());
        samples.addTo(context.metrics());
        long paused = collectingMillis() - collecting;
        if (paused > 0) {
            context.metrics().add("gc.nanos", paused * 1_000_000);
        }
        return new TaskMetrics(
                System.nanoTime() - started,
                THREADS.getCurrentThreadCpuTime() - cpu,
                context.metrics().snapshot(),
                context.observed(),
                context.notes().printed(),
                context.notes().stacks());
    }

    /// Time that this process spent collecting garbage so far: while a task runs, it waits for that
    /// like every other.
    private static long collectingMillis() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis;
    }
}
