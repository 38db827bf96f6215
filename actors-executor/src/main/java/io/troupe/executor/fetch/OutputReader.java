package io.troupe.executor.fetch;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.transport.DataClient;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Reads partition 0 of one output that another executor holds.
public final class OutputReader implements Operator {
    private static final long READ_AHEAD = 16L << 20;

    private final RemoteStream stream;
    private final TaskMetrics metrics;

    /// Starts to read.
    ///
    /// @param task the attempt that wrote the output
    /// @param holder where it lies
    public OutputReader(
            TaskAttemptId task, ExecutorAddress holder, DataClient client, TaskMetrics metrics) {
        this.stream = new RemoteStream(client, holder, List.of(task), 0, 1, READ_AHEAD);
        this.metrics = metrics;
    }

    /// The next batch, or null at the end.
    ///
    /// @throws FetchFailedException if it cannot be had
    @Override
    public Batch next() {
        try {
            Batch batch = stream.next(0);
            if (batch != null) {
                metrics.add("exchange.read.bytes", batch.bytes());
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a result", e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a connection", e);
        }
    }
}
