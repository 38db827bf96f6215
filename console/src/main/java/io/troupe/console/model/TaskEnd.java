package io.troupe.console.model;

import java.util.Map;

/// An ended task attempt, as its line tells of it.
///
/// @param time when it ended, in milliseconds since the epoch
/// @param stage the stage attempt that it is of
/// @param partition its number in the stage
/// @param tried its number among the attempts of the partition, from 0
/// @param executor where it ran
/// @param launched when it was sent there, in milliseconds since the epoch
/// @param started when it began there, likewise
/// @param runNanos how long it ran
/// @param cpuNanos CPU time of that
/// @param counters what was measured
/// @param notes what few tasks have
record TaskEnd(
        long time,
        ApplicationModel.Key stage,
        int partition,
        int tried,
        String executor,
        long launched,
        long started,
        long runNanos,
        long cpuNanos,
        TaskCounters counters,
        Notes notes) {
    /// What few tasks have.
    ///
    /// @param failure why it failed, or null
    /// @param printed what its Python functions printed, or empty
    /// @param stacks where a sampler found them: nanoseconds by stack
    record Notes(Failure failure, String printed, Map<String, Long> stacks) {
        static final Notes NONE = new Notes(null, "", Map.of());
    }

    static TaskEnd of(LoggedEvent event) {
        long started = event.number("started");
        return new TaskEnd(
                event.time(),
                ApplicationModel.Key.of(event),
                (int) event.number("partition"),
                (int) event.number("try"),
                event.text("executor"),
                event.number("launched", started),
                started,
                event.number("runNanos"),
                event.number("cpuNanos"),
                TaskCounters.of(event.object("metrics").numbers()),
                new Notes(
                        Failure.of(event),
                        event.text("printed"),
                        event.object("stacks").numbers()));
    }

    /// Its measurements, by the ordinals of [TaskMetric].
    long[] values() {
        long[] values = new long[TaskMetric.COUNT];
        for (int i = 0; i < counters.size(); i++) {
            TaskMetric metric = counters.counter(i).metric();
            if (metric != null) {
                values[metric.ordinal()] += counters.value(i);
            }
        }
        values[TaskMetric.RUN.ordinal()] = runNanos;
        values[TaskMetric.CPU.ordinal()] = cpuNanos;
        values[TaskMetric.SCHEDULING.ordinal()] = Math.max(0, started - launched) * 1_000_000;
        return values;
    }
}
