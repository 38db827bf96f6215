package io.troupe.driver;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.pybridge.worker.AttachmentSource;
import io.troupe.pybridge.worker.WorkerCommand;
import io.troupe.pybridge.worker.WorkerPool;
import io.troupe.pybridge.worker.WorkerSession;

/// The Python processes of one executor, from a pool of its own.
record PooledWorkers(WorkerPool pool, AttachmentSource files) implements PythonWorkers {
    static PooledWorkers of(WorkerCommand command, AttachmentSource files) {
        return new PooledWorkers(new WorkerPool(command, System.err::println), files);
    }

    @Override
    public TaskContext.PythonSession open(TaskContext.PythonRequest request, TaskContext context) {
        return WorkerSession.open(pool, request, context, files);
    }

    @Override
    public long residentBytes() {
        return pool.residentBytes();
    }

    @Override
    public int busy() {
        return pool.busy();
    }

    @Override
    public int idle() {
        return pool.idle();
    }

    @Override
    public void close() {
        pool.close();
    }
}
