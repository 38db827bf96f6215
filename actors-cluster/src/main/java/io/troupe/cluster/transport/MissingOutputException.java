package io.troupe.cluster.transport;

import java.io.IOException;

/// The other side answers, but does not have an output.
public final class MissingOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int output;

    MissingOutputException(int output, String text) {
        super(text);
        this.output = output;
    }

    /// Index of the output within the request.
    public int output() {
        return output;
    }
}
