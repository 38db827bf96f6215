package io.troupe.executor;

import java.util.concurrent.atomic.AtomicBoolean;

/// Collects the whole heap between queries when garbage has grown. The parallel collector on its
/// own promotes whatever outlives a few young collections, and looks at the old generation only
/// when that has reached the heap's bound: a process would keep all the memory that it may have for
/// tables that are long dead. The end of a query is when least is alive, so that a collection costs
/// least.
///
/// `live` is written by the one collecting thread before it clears `collecting`, and read by the
/// caller only while that is clear.
final class HeapReturn {
    /// Garbage that is not worth a collection.
    static final long SLACK_BYTES = 512L << 20;

    private final AtomicBoolean collecting = new AtomicBoolean();
    private volatile long live;

    /// Whether a collection pays: it costs in proportion to what is alive, so at least as much as
    /// that must have been allocated since the last one.
    ///
    /// @param used bytes of the heap in use, garbage included
    /// @param live bytes in use after the last collection
    static boolean isDue(long used, long live) {
        return used - live > Math.max(SLACK_BYTES, live);
    }

    /// Called at the end of a query; returns at once.
    void queryEnded() {
        if (isDue(used(), live) && collecting.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("heap-return").start(this::collect);
        }
    }

    private void collect() {
        try {
            System.gc();
            live = used();
        } finally {
            collecting.set(false);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
