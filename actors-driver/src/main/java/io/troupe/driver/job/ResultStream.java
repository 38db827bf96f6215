package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.driver.schedule.JobListener;
import java.util.HashMap;
import java.util.Map;

/// What the scheduler has told about a job so far, and the place where the caller waits for more.
/// Written by the scheduler's thread, read by the caller's; guarded by its monitor.
final class ResultStream implements JobListener {
    private final Map<Integer, Ready> ready = new HashMap<>();
    private int partitions = -1;

    /// What the caller waits for; -1 if for nothing. The scheduler wakes it for that alone: waking
    /// it for each of many partitions costs more than the tasks do.
    private int awaited = -1;

    private boolean done;
    private TaskFailure failure;

    /// A partition that can be read.
    record Ready(TaskAttemptId task, ExecutorAddress holder, TaskOutput output) {}

    @Override
    public synchronized void resultLayout(int count) {
        partitions = count;
        notifyAll();
    }

    @Override
    public synchronized void resultReady(
            TaskAttemptId task, ExecutorAddress holder, TaskOutput output) {
        ready.put(task.partition(), new Ready(task, holder, output));
        if (task.partition() == awaited) {
            notifyAll();
        }
    }

    @Override
    public synchronized void done() {
        done = true;
        notifyAll();
    }

    @Override
    public synchronized void failed(TaskFailure why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    /// Waits for a partition and takes it; null if the result has no such partition.
    synchronized Ready take(int partition) throws InterruptedException, JobFailure {
        while (failure == null
                && !ready.containsKey(partition)
                && (partitions < 0 || partition < partitions)) {
            awaited = partition;
            wait();
        }
        awaited = -1;
        if (failure != null) {
            throw new JobFailure(failure);
        }
        return ready.remove(partition);
    }

    /// Waits for the end.
    synchronized void awaitEnd() throws InterruptedException, JobFailure {
        while (!done && failure == null) {
            wait();
        }
        if (failure != null) {
            throw new JobFailure(failure);
        }
    }

    synchronized boolean isOver() {
        return done || failure != null;
    }

    /// Carries a typed failure to the place where it is made an exception for callers.
    static final class JobFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient TaskFailure failure;

        JobFailure(TaskFailure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }

        TaskFailure failure() {
            return failure;
        }
    }
}
