package io.troupe.executor;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.executor.task.Cancellation;
import io.troupe.executor.task.CommitGate;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.QueryState;
import io.troupe.executor.task.TaskRunner;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.stage.TaskSpec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The threads on which an executor's tasks run, and what tasks of the same stage or query share.
/// The actor starts and cancels; task threads read the shared maps.
final class TaskSlots implements AutoCloseable {
    private final ExecutorId executor;
    private final TaskRunner runner;
    private final BundleSource source;
    private final Consumer<SchedulerMessage> onEnd;
    private final ThreadPoolExecutor threads;
    private final Map<StageAttempt, CompletableFuture<StageBundle>> bundles =
            new ConcurrentHashMap<>();
    private final Map<QueryId, QueryState> queries = new ConcurrentHashMap<>();

    /// Tasks that no thread has begun.
    private final Map<TaskAttemptId, Runnable> waiting = new ConcurrentHashMap<>();

    /// @param commits where tasks ask whether their output may count
    /// @param onEnd is given the end of each task on the task's thread
    TaskSlots(
            ExecutorServices services,
            int slots,
            BundleSource source,
            CommitGate commits,
            Consumer<SchedulerMessage> onEnd) {
        this.executor = services.id();
        this.runner = new TaskRunner(services, commits);
        this.source = source;
        this.onEnd = onEnd;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        slots,
                        slots,
                        60,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(1_024 + 16 * slots),
                        task -> {
                            Thread thread =
                                    new Thread(task, "troupe-task-" + number.getAndIncrement());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    void start(TaskAttemptId task, TaskSpec spec, Cancellation cancellation) {
        Runnable run =
                () -> {
                    waiting.remove(task);
                    onEnd.accept(run(task, spec, cancellation));
                };
        waiting.put(task, run);
        try {
            threads.execute(run);
        } catch (RejectedExecutionException e) {
            waiting.remove(task);
            onEnd.accept(
                    failed(
                            task,
                            "INTERNAL_ERROR",
                            "the executor has more tasks than it can queue"));
        }
    }

    /// Takes a task back that no thread has begun; false if one has.
    boolean withdraw(TaskAttemptId task) {
        Runnable run = waiting.remove(task);
        return run != null && threads.remove(run);
    }

    /// How many tasks wait for a thread.
    int waiting() {
        return threads.getQueue().size();
    }

    private SchedulerMessage run(TaskAttemptId task, TaskSpec spec, Cancellation cancellation) {
        StageBundle bundle;
        try {
            bundle = bundle(task.stage());
        } catch (IOException | RuntimeException e) {
            return failed(
                    task,
                    "STAGE_BUNDLE_UNAVAILABLE",
                    "cannot get the plan of " + task.stage() + ": " + e.getMessage());
        }
        TaskSpec inputs = spec == null ? bundle.largeTasks().get(task.partition()) : spec;
        QueryState query =
                queries.computeIfAbsent(task.stage().stage().query(), id -> new QueryState());
        return runner.run(task, bundle, inputs, query, cancellation);
    }

    /// The bundle, fetched by the first task that needs it while others of the same stage wait. A
    /// failed fetch is not remembered.
    private StageBundle bundle(StageAttempt stage) throws IOException {
        CompletableFuture<StageBundle> mine = new CompletableFuture<>();
        CompletableFuture<StageBundle> known = bundles.putIfAbsent(stage, mine);
        if (known != null) {
            try {
                return known.join();
            } catch (CompletionException e) {
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
        }
        try {
            StageBundle bundle = source.fetch(stage);
            if (bundle == null) {
                throw new IOException("the stage attempt is over");
            }
            mine.complete(bundle);
            return bundle;
        } catch (IOException | RuntimeException e) {
            bundles.remove(stage, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private SchedulerMessage failed(TaskAttemptId task, String condition, String text) {
        TaskFailure failure =
                new TaskFailure.TaskError(
                        TroupeException.Kind.SparkException.name(),
                        condition,
                        "XX000",
                        text,
                        Map.of(),
                        "",
                        "",
                        "",
                        false);
        return new SchedulerMessage.TaskFailed(task, executor, failure, TaskMetrics.NONE);
    }

    void drop(QueryId query) {
        bundles.keySet().removeIf(stage -> stage.stage().query().equals(query));
        QueryState state = queries.remove(query);
        if (state != null) {
            state.close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        queries.keySet().forEach(this::drop);
    }
}
