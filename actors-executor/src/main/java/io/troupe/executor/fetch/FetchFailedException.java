package io.troupe.executor.fetch;

import io.troupe.cluster.protocol.TaskFailure;

/// An input block could not be read; carries the typed failure.
public final class FetchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TaskFailure.FetchFailure failure;

    /// Wraps the failure.
    public FetchFailedException(TaskFailure.FetchFailure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /// What failed, where and how.
    public TaskFailure.FetchFailure failure() {
        return failure;
    }
}
