package io.troupe.driver.job;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;
import io.troupe.driver.schedule.DagScheduler;
import io.troupe.executor.fetch.FetchFailedException;
import io.troupe.executor.task.Failures;
import io.troupe.executor.task.InlineResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A job that runs, and its result as a stream of batches in the order of the result's partitions.
/// Results wait in the executors' stores, which spill, so a slow reader holds no memory here. One
/// thread reads; any thread may cancel.
final class ActorJobHandle implements JobHandle {
    private final JobId job;
    private final QueryId query;
    private final boolean keep;
    private final ActorJobRunner runner;
    private final ResultStream stream;
    private int partition;
    private Iterator<Batch> inline = List.<Batch>of().iterator();
    private Operator reader;
    private ResultStream.Ready current;
    private boolean closed;

    ActorJobHandle(
            JobId job, QueryId query, boolean keep, ActorJobRunner runner, ResultStream stream) {
        this.job = job;
        this.query = query;
        this.keep = keep;
        this.runner = runner;
        this.stream = stream;
    }

    @Override
    public Batch next() {
        try {
            while (true) {
                if (inline.hasNext()) {
                    Batch batch = inline.next();
                    if (batch.selected() > 0) {
                        return batch;
                    }
                } else if (reader != null) {
                    Batch batch = reader.next();
                    if (batch != null) {
                        return batch;
                    }
                    finishPartition();
                } else if (!openNext()) {
                    return null;
                }
            }
        } catch (ResultStream.JobFailure e) {
            throw Failures.toException(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel("the reading thread was interrupted");
            throw Failures.toException(
                    new TaskFailure.Cancelled("the reading thread was interrupted"));
        }
    }

    /// Opens the next partition that has rows. One that lies elsewhere is brought here whole before
    /// any of it is given out: if its executor is lost half-way, the partition is made again and no
    /// row has been given twice.
    private boolean openNext() throws InterruptedException, ResultStream.JobFailure {
        while (true) {
            current = stream.take(partition);
            if (current == null) {
                return false;
            }
            partition = current.task().partition();
            if (current.output().inline().length > 0) {
                inline = InlineResult.batches(current.output()).iterator();
                partition++;
                return true;
            }
            try {
                reader = runner.results().open(current.task(), current.holder(), new TaskMetrics());
                return true;
            } catch (FetchFailedException e) {
                runner.resultLost(job, partition, current.holder().executor(), e.failure());
            }
        }
    }

    private void finishPartition() {
        reader.close();
        reader = null;
        runner.results().drop(current.task());
        partition++;
    }

    /// Blocks until the job's target is done, without reading a result.
    ///
    /// @throws io.troupe.planner.error.TroupeException if the job failed or was cancelled
    void await() {
        try {
            stream.awaitEnd();
        } catch (ResultStream.JobFailure e) {
            throw Failures.toException(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel("the waiting thread was interrupted");
            throw Failures.toException(
                    new TaskFailure.Cancelled("the waiting thread was interrupted"));
        }
    }

    @Override
    public Map<Integer, Map<String, Long>> metrics() {
        return runner.metrics(query);
    }

    @Override
    public List<byte[]> observed(String observation) {
        return runner.observed(query, observation);
    }

    /// Ends the job; its reader gets a cancellation error.
    private void cancel(String reason) {
        runner.dag().tell(new DagScheduler.Cancel(job, reason));
    }

    /// Ends the job if it still runs and, unless the query is kept, drops all that is held for it.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (reader != null) {
            try {
                reader.close();
            } catch (UncheckedIOException e) {
                runner.note("closing a result reader", new IOException(e));
            }
        }
        if (!stream.isOver()) {
            cancel("its reader closed it");
        }
        runner.ended(job, query);
        if (!keep) {
            runner.release(query);
        }
    }
}
