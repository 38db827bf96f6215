package io.troupe.console.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/// What every process of Troupe tells of itself.
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void write(MetricText text) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long collecting = 0;
        long collections = 0;
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            collecting += Math.max(0, gc.getCollectionTime());
            collections += Math.max(0, gc.getCollectionCount());
        }
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getMemoryUsed();
        }
        text.gauge("troupe_heap_used_bytes", "Used Java heap.", heap.getUsed())
                .gauge("troupe_heap_max_bytes", "Most that the Java heap may be.", heap.getMax())
                .gauge("troupe_direct_memory_bytes", "Direct buffers.", direct)
                .counter("troupe_gc_seconds", "Time spent collecting garbage.", collecting / 1e3)
                .counter("troupe_gc_collections", "Garbage collections.", collections)
                .gauge(
                        "troupe_threads",
                        "Platform threads.",
                        ManagementFactory.getThreadMXBean().getThreadCount())
                .gauge(
                        "troupe_uptime_seconds",
                        "Time since the process started.",
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        var system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.OperatingSystemMXBean process) {
            text.counter(
                    "troupe_process_cpu_seconds",
                    "Processor time of the process.",
                    process.getProcessCpuTime() / 1e9);
        }
    }
}
