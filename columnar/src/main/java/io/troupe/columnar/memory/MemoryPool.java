package io.troupe.columnar.memory;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that operators and blocks of one process may hold, in bytes. Thread-safe.
///
/// When a reservation does not fit, the pool first asks its reclaimer (the block store) to give
/// memory back, then refuses; the asker then spills its own state. Nothing blocks.
public final class MemoryPool {
    private final long limit;
    private final MemoryPool parent;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private volatile Reclaimer reclaimer = bytes -> 0;

    public MemoryPool(long limit) {
        this(limit, null);
    }

    private MemoryPool(long limit, MemoryPool parent) {
        this.limit = limit;
        this.parent = parent;
    }

    /// The same memory, seen by one of its users: `used` and `peak` are what was taken through this
    /// view.
    public MemoryPool view() {
        return new MemoryPool(limit, this);
    }

    /// Frees evictable memory (the block store's), at least `bytes` if it can; returns how many
    /// bytes were released to the pool.
    @FunctionalInterface
    public interface Reclaimer {
        long reclaim(long bytes);
    }

    public void setReclaimer(Reclaimer reclaimer) {
        this.reclaimer = reclaimer;
    }

    /// Takes `bytes`; false (and nothing taken) when they do not fit.
    public boolean tryReserve(long bytes) {
        if (parent != null) {
            boolean taken = parent.tryReserve(bytes);
            if (taken) {
                count(used.addAndGet(bytes));
            }
            return taken;
        }
        if (take(bytes)) {
            return true;
        }
        reclaimer.reclaim(bytes);
        return take(bytes);
    }

    private boolean take(long bytes) {
        while (true) {
            long current = used.get();
            if (current + bytes > limit) {
                return false;
            }
            if (used.compareAndSet(current, current + bytes)) {
                count(current + bytes);
                return true;
            }
        }
    }

    private void count(long now) {
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    public void release(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /// The most that was taken at one moment.
    public long peak() {
        return peak.get();
    }

    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }
}
