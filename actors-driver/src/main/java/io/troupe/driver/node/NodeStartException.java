package io.troupe.driver.node;

/// A node cannot start; the message is for the person who started it.
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
