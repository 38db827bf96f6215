package io.troupe.driver.eventlog;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What runs now, for progress bars. Written by the schedulers' threads, read by any.
public final class Progress implements SchedulerListener {
    private final Map<StageAttempt, Counts> running = new ConcurrentHashMap<>();

    private static final class Counts {
        private final JobId job;
        private final int tasks;
        private final long started = System.nanoTime();
        private final AtomicInteger launched = new AtomicInteger();
        private final AtomicInteger succeeded = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong runNanos = new AtomicLong();
        private final AtomicLong pythonNanos = new AtomicLong();

        Counts(JobId job, int tasks) {
            this.job = job;
            this.tasks = tasks;
        }
    }

    /// A stage that runs.
    ///
    /// @param stage the stage attempt
    /// @param job the job that it belongs to
    /// @param tasks tasks that the attempt has
    /// @param running tasks that run
    /// @param succeeded tasks that ended well
    /// @param failed task attempts that did not
    /// @param rows rows that its ended tasks read from files and exchanges
    /// @param bytes bytes likewise
    /// @param pythonShare share of its ended tasks' time that went to Python, 0 to 1
    /// @param seconds since it started
    public record Stage(
            StageAttempt stage,
            JobId job,
            int tasks,
            int running,
            int succeeded,
            int failed,
            long rows,
            long bytes,
            double pythonShare,
            double seconds) {}

    /// The stages that run, oldest job first.
    public List<Stage> snapshot() {
        List<Stage> stages = new ArrayList<>();
        running.forEach((stage, c) -> {
            int good = c.succeeded.get();
            int bad = c.failed.get();
            stages.add(
                    new Stage(
                            stage,
                            c.job,
                            c.tasks,
                            Math.max(0, c.launched.get() - good - bad),
                            good,
                            bad,
                            c.rows.get(),
                            c.bytes.get(),
                            (double) c.pythonNanos.get() / Math.max(1, c.runNanos.get()),
                            (System.nanoTime() - c.started) / 1e9));
        });
        stages.sort(Comparator.comparing(Stage::job).thenComparing(stage -> stage.stage().stage()));
        return stages;
    }

    @Override
    public void stageStarted(StageAttempt stage, JobId job, int tasks) {
        running.put(stage, new Counts(job, tasks));
    }

    @Override
    public void stageDone(StageAttempt stage) {
        running.remove(stage);
    }

    @Override
    public void stageCancelled(StageAttempt stage, String reason) {
        running.remove(stage);
    }

    @Override
    public void taskLaunched(TaskAttemptId task, ExecutorId executor) {
        Counts counts = running.get(task.stage());
        if (counts != null) {
            counts.launched.incrementAndGet();
        }
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        Counts counts = running.get(task.stage());
        if (counts != null) {
            (failure == null ? counts.succeeded : counts.failed).incrementAndGet();
            Map<String, Long> counters = metrics.counters();
            counts.rows.addAndGet(
                    counters.getOrDefault("input.rows", 0L)
                            + counters.getOrDefault("exchange.read.rows", 0L));
            counts.bytes.addAndGet(
                    counters.getOrDefault("input.bytes", 0L)
                            + counters.getOrDefault("exchange.read.bytes", 0L));
            counts.runNanos.addAndGet(metrics.runNanos());
            counts.pythonNanos.addAndGet(
                    counters.getOrDefault("python.encode.nanos", 0L)
                            + counters.getOrDefault("python.wait.nanos", 0L)
                            + counters.getOrDefault("python.decode.nanos", 0L));
        }
    }
}
