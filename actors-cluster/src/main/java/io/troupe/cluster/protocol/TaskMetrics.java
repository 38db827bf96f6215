package io.troupe.cluster.protocol;

import java.util.Map;

/// What a task attempt used and moved.
///
/// @param runNanos wall time from start to end
/// @param cpuNanos processor time of the task's thread
/// @param counters the operators' counters by name, in rows, bytes or nanoseconds as the name says;
///   they add up over tasks, but for names that end in `.peak.bytes`
/// @param observed states of observed metrics by their name, encoded; and, by names that begin with
///   [#ACCUMULATORS], what Python functions added to accumulators
/// @param printed the last lines that the task's Python functions printed, or empty
/// @param stacks nanoseconds in which a sampler found the functions there, by the names of the
///   frames from the outermost, divided by `;`
public record TaskMetrics(
        long runNanos,
        long cpuNanos,
        Map<String, Long> counters,
        Map<String, byte[]> observed,
        String printed,
        Map<String, Long> stacks) {
    /// Begins the names of what Python functions added to accumulators.
    public static final String ACCUMULATORS = "\0accumulators.";

    /// Nothing used, nothing moved.
    public static final TaskMetrics NONE = new TaskMetrics(0, 0, Map.of());

    /// Nothing was observed, printed or sampled.
    public TaskMetrics(long runNanos, long cpuNanos, Map<String, Long> counters) {
        this(runNanos, cpuNanos, counters, Map.of(), "", Map.of());
    }

    /// One counter of two tasks together.
    public static long together(String counter, long one, long other) {
        return counter.endsWith(".peak.bytes") ? Math.max(one, other) : one + other;
    }
}
