package io.troupe.columnar.memory;

/// What one operator of one task holds of the pool. Used by the task's thread only; closing gives
/// all back.
public final class Reservation implements AutoCloseable {
    private final MemoryPool pool;
    private long held;
    private long peak;

    public Reservation(MemoryPool pool) {
        this.pool = pool;
    }

    /// Sets the held bytes to `bytes`; false when growing is refused (the held amount is
    /// unchanged): the operator must spill.
    public boolean resize(long bytes) {
        if (bytes > held && !pool.tryReserve(bytes - held)) {
            return false;
        }
        if (bytes < held) {
            pool.release(held - bytes);
        }
        held = bytes;
        peak = Math.max(peak, bytes);
        return true;
    }

    public long held() {
        return held;
    }

    public long peak() {
        return peak;
    }

    @Override
    public void close() {
        pool.release(held);
        held = 0;
    }
}
