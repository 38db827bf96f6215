package io.troupe.cluster.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a task attempt used and moved.
///
/// @param runNanos wall time from start to end
/// @param cpuNanos processor time of the task's thread
/// @param counters the operators' counters by name, in rows, bytes or nanoseconds as the name says
public record TaskMetrics(long runNanos, long cpuNanos, Map<String, Long> counters) {
    /// Nothing used, nothing moved.
    public static final TaskMetrics NONE = new TaskMetrics(0, 0, Map.of());

    /// Adds up two tasks' figures.
    public TaskMetrics plus(TaskMetrics other) {
        Map<String, Long> sum = new LinkedHashMap<>(counters);
        other.counters.forEach((name, value) -> sum.merge(name, value, Long::sum));
        return new TaskMetrics(runNanos + other.runNanos, cpuNanos + other.cpuNanos, sum);
    }
}
