package io.troupe.driver.job;

/// A cluster cannot be used; the message is for the person who named it.
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
