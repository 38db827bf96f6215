package io.troupe.console.http;

/// A request that cannot be answered, by its own fault.
public final class ClientError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status of HTTP, 400 to 499
    /// @param message for who asked
    public ClientError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /// Nothing of that name is there.
    public static ClientError missing(String what) {
        return new ClientError(404, "there is no " + what);
    }

    int status() {
        return status;
    }
}
