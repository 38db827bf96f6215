package io.troupe.cluster.transport;

import java.io.IOException;

/// Bytes arrived that are not those that were written.
public final class CorruptFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int output;
    private final int partition;

    CorruptFrameException(int output, int partition, String text) {
        super(text);
        this.output = output;
        this.partition = partition;
    }

    /// Index of the output within the request.
    public int output() {
        return output;
    }

    /// The partition whose frame is corrupt.
    public int partition() {
        return partition;
    }
}
