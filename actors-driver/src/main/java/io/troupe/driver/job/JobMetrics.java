package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Sums of the counters of each query's tasks, failed ones included. Written by the scheduler's
/// thread, read by any.
final class JobMetrics implements SchedulerListener {
    private final Map<QueryId, Map<String, Long>> sums = new ConcurrentHashMap<>();

    void open(QueryId query) {
        sums.putIfAbsent(query, new ConcurrentHashMap<>());
    }

    Map<String, Long> of(QueryId query) {
        Map<String, Long> sum = sums.get(query);
        return sum == null ? Map.of() : Map.copyOf(sum);
    }

    void close(QueryId query) {
        sums.remove(query);
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        Map<String, Long> sum = sums.get(task.stage().stage().query());
        if (sum != null) {
            metrics.counters().forEach((name, value) -> sum.merge(name, value, Long::sum));
            sum.merge("task.run.nanos", metrics.runNanos(), Long::sum);
            sum.merge("task.cpu.nanos", metrics.cpuNanos(), Long::sum);
            sum.merge(failure == null ? "tasks.succeeded" : "tasks.failed", 1L, Long::sum);
        }
    }
}
