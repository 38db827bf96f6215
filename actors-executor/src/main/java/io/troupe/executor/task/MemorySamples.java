package io.troupe.executor.task;

import io.troupe.columnar.operator.TaskMetrics;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What the executor's process holds, told along with a task's own counters, now and then: whoever
/// draws memory over time needs no message of its own.
final class MemorySamples {
    private static final long EVERY_NANOS = 500_000_000L;
    private static final List<BufferPoolMXBean> BUFFERS =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

    private final ExecutorServices services;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    MemorySamples(ExecutorServices services) {
        this.services = services;
    }

    /// Adds a sample unless there was one within the last half second.
    void addTo(TaskMetrics metrics) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + EVERY_NANOS)) {
            return;
        }
        Runtime runtime = Runtime.getRuntime();
        metrics.add("executor.heap.peak.bytes", runtime.totalMemory() - runtime.freeMemory());
        metrics.add(
                "executor.direct.peak.bytes",
                BUFFERS.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
        metrics.add("executor.store.peak.bytes", services.store().memoryBytes());
        metrics.add("executor.disk.peak.bytes", services.store().diskBytes());
        metrics.add("executor.python.peak.bytes", services.python().residentBytes());
    }
}
