package io.troupe.pybridge.gateway;

import java.io.IOException;

/// The client closed its end of the data channel while it was written to.
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
        super(cause);
    }
}
