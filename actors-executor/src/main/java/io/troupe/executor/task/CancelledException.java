package io.troupe.executor.task;

/// Ends a task that was told to stop.
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Carries who asked and why.
    public CancelledException(String reason) {
        super(reason, null, false, false);
    }
}
