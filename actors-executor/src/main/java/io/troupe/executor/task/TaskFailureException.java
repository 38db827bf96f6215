package io.troupe.executor.task;

import io.troupe.cluster.protocol.TaskFailure;

/// A failure whose type is known where it happens, such as a crash of a Python worker.
public final class TaskFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TaskFailure failure;

    /// Wraps the failure.
    public TaskFailureException(TaskFailure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /// The failure.
    public TaskFailure failure() {
        return failure;
    }
}
