package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What the tasks of each running query measured: sums of their counters by stage, failed attempts
/// included, and the states of observed metrics. Written by the scheduler's thread, read by any.
final class JobMetrics implements SchedulerListener {
    /// Counters whose names hold a key of the data: there may be as many as tasks, so they are for
    /// the event log alone.
    private static final String KEYED = "exchange.heavy.";

    private final Map<QueryId, Measured> queries = new ConcurrentHashMap<>();

    /// One query's. A task that ran twice leaves one state of each observation, as its rows are
    /// there once.
    private static final class Measured {
        private final Map<StageId, Map<String, Long>> stages = new HashMap<>();
        private final Map<String, Map<String, byte[]>> observed = new HashMap<>();

        synchronized void add(TaskAttemptId task, TaskMetrics metrics, TaskFailure failure) {
            Map<String, Long> sums =
                    stages.computeIfAbsent(task.stage().stage(), stage -> new HashMap<>());
            metrics.counters()
                    .forEach((name, value) -> {
                        if (!name.startsWith(KEYED)) {
                            add(sums, name, value);
                        }
                    });
            add(sums, "task.run.nanos", metrics.runNanos());
            add(sums, "task.cpu.nanos", metrics.cpuNanos());
            add(sums, failure == null ? "tasks.succeeded" : "tasks.failed", 1);
            if (failure == null) {
                String place = task.stage().stage() + "/" + task.partition();
                metrics.observed()
                        .forEach((name, state) ->
                                observed.computeIfAbsent(name, ignored -> new HashMap<>())
                                        .putIfAbsent(place, state));
            }
        }

        private static void add(Map<String, Long> sums, String name, long value) {
            sums.merge(name, value, (one, other) -> TaskMetrics.together(name, one, other));
        }

        synchronized Map<Integer, Map<String, Long>> byStage() {
            Map<Integer, Map<String, Long>> copy = new TreeMap<>();
            stages.forEach((stage, sums) -> copy.put(stage.number(), Map.copyOf(sums)));
            return copy;
        }

        synchronized List<byte[]> states(String observation) {
            return new ArrayList<>(observed.getOrDefault(observation, Map.of()).values());
        }
    }

    void open(QueryId query) {
        queries.putIfAbsent(query, new Measured());
    }

    /// Sums of counters by name, by the number of the stage.
    Map<Integer, Map<String, Long>> of(QueryId query) {
        Measured measured = queries.get(query);
        return measured == null ? Map.of() : measured.byStage();
    }

    List<byte[]> observed(QueryId query, String observation) {
        Measured measured = queries.get(query);
        return measured == null ? List.of() : measured.states(observation);
    }

    void close(QueryId query) {
        queries.remove(query);
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        Measured measured = queries.get(task.stage().stage().query());
        if (measured != null) {
            measured.add(task, metrics, failure);
        }
    }
}
