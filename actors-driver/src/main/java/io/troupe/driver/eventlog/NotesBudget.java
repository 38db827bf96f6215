package io.troupe.driver.eventlog;

import io.troupe.cluster.protocol.TaskMetrics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds what the log takes of Python workers' notes: a function that prints for each row must
/// push nothing else out of the log. Any thread may use it.
final class NotesBudget {
    private static final String LEFT_OUT = "(the event log takes no more of what functions print)";

    private final AtomicLong left;

    /// @param characters that one application's notes may have
    NotesBudget(long characters) {
        this.left = new AtomicLong(characters);
    }

    /// The measurements, without notes that do not fit.
    TaskMetrics within(TaskMetrics metrics) {
        long size = metrics.printed().length();
        for (String stack : metrics.stacks().keySet()) {
            size += stack.length();
        }
        if (size == 0 || left.addAndGet(-size) >= 0) {
            return metrics;
        }
        return new TaskMetrics(
                metrics.runNanos(),
                metrics.cpuNanos(),
                metrics.counters(),
                metrics.observed(),
                metrics.printed().isEmpty() ? "" : LEFT_OUT,
                Map.of());
    }
}
