package io.troupe.pybridge.worker;

/// A worker process that ended, closed its pipe or sent what is no frame. The message says how:
/// exit code or signal, its last lines of stderr.
public final class WorkerDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkerDiedException(String message) {
        super(message);
    }
}
