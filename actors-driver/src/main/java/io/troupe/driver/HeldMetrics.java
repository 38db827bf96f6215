package io.troupe.driver;

import io.troupe.console.metrics.MetricText;
import io.troupe.executor.task.Held;

/// What the executors of a process hold, as metrics.
final class HeldMetrics {
    private HeldMetrics() {}

    static void write(MetricText text, Held held) {
        text.gauge(
                        "troupe_reserved_bytes",
                        "Memory that operators and blocks hold here.",
                        held.reservedBytes())
                .gauge("troupe_blocks", "Outputs of tasks that are kept here.", held.blocks())
                .family("troupe_block_bytes", "gauge", "Size of the outputs that are kept here.")
                .sample("troupe_block_bytes", "on=\"memory\"", held.memoryBytes())
                .sample("troupe_block_bytes", "on=\"disk\"", held.diskBytes())
                .family("troupe_python_workers", "gauge", "Python processes of executors here.")
                .sample("troupe_python_workers", "state=\"busy\"", held.busyWorkers())
                .sample("troupe_python_workers", "state=\"idle\"", held.idleWorkers());
    }
}
