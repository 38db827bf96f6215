package io.troupe.driver.node;

import io.troupe.cluster.transport.DataSink;
import java.io.IOException;

/// The connection that a driver holds open to an executor. When it breaks and is not made anew, the
/// driver is gone.
final class DriverLine {
    /// How long a driver may take to hold a new line after one broke.
    private static final long GRACE_NANOS = 5_000_000_000L;

    private int held;
    private long cutAt;
    private boolean everHeld;

    /// Blocks while the driver holds the line.
    void hold(DataSink sink) throws IOException {
        synchronized (this) {
            held++;
            everHeld = true;
        }
        try {
            sink.awaitClose();
        } finally {
            synchronized (this) {
                held--;
                cutAt = System.nanoTime();
            }
        }
    }

    /// Whether the driver must be taken for gone.
    synchronized boolean isCut() {
        return everHeld && held == 0 && System.nanoTime() - cutAt > GRACE_NANOS;
    }
}
