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

    /// What the caller waits for; -1 if for nothing. The scheduler wakes it for that alone, and not
    /// when it turns out to be empty: waking it for each of many partitions costs more than the
    /// tasks do.
    private int awaited = -1;

    private boolean done;
    private TaskFailure failure;

    /// A partition that can be read.
    record Ready(TaskAttemptId task, ExecutorAddress holder, TaskOutput output) {
        /// Whether it came with its message and has no rows: there is nothing to read or to drop.
        boolean isNothing() {
            return output.rows() == 0 && output.inline().length > 0;
        }
    }

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
            awaited = afterNothing(awaited);
            if (awaited == partitions || ready.containsKey(awaited)) {
                notifyAll();
            }
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

    /// The first partition from one on that has anything or has not come; what has nothing is
    /// forgotten.
    private int afterNothing(int partition) {
        int next = partition;
        while (ready.containsKey(next) && ready.get(next).isNothing()) {
            ready.remove(next++);
        }
        return next;
    }

    /// Waits for the first partition from one on that has any rows, and takes it; null if there is
    /// none.
    synchronized Ready take(int partition) throws InterruptedException, JobFailure {
        awaited = afterNothing(partition);
        while (failure == null
                && !ready.containsKey(awaited)
                && (partitions < 0 || awaited < partitions)) {
            wait();
        }
        int found = awaited;
        awaited = -1;
        if (failure != null) {
            throw new JobFailure(failure);
        }
        return ready.remove(found);
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
