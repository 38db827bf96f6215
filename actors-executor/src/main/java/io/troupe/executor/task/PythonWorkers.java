package io.troupe.executor.task;

import io.troupe.columnar.operator.TaskContext;

/// Opens conversations with this executor's Python processes; closing ends them.
@FunctionalInterface
public interface PythonWorkers extends AutoCloseable {
    /// Starts or reuses a worker for a task.
    TaskContext.PythonSession open(TaskContext.PythonRequest request, TaskContext context);

    /// Resident memory of the processes, in bytes; 0 where the system does not tell.
    default long residentBytes() {
        return 0;
    }

    /// Processes that work for a task.
    default int busy() {
        return 0;
    }

    /// Processes that wait for a task.
    default int idle() {
        return 0;
    }

    @Override
    default void close() {}

    /// For processes that have no Python.
    static PythonWorkers none() {
        return (request, context) -> {
            throw new UnsupportedOperationException("this executor was started without Python");
        };
    }
}
