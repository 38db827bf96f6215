package io.troupe.driver.job;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure.FetchFailure;
import io.troupe.cluster.transport.DataClient;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;
import io.troupe.executor.block.BlockCursor;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.OutputWriter;
import io.troupe.executor.fetch.FetchFailedException;
import io.troupe.executor.fetch.OutputReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads result partitions: of the embedded executor by reference, of others by bringing them into
/// the driver's store.
final class Results {
    private final ExecutorId self;
    private final BlockStore store;
    private final DataClient client;

    /// @param client connections to executors; null in local mode
    Results(ExecutorId self, BlockStore store, DataClient client) {
        this.self = self;
        this.store = store;
        this.client = client;
    }

    Operator open(TaskAttemptId task, ExecutorAddress holder, TaskMetrics metrics) {
        if (!holder.executor().equals(self)) {
            bringHere(task, holder, metrics);
        }
        BlockCursor cursor = store.read(task, 0, 1);
        if (cursor == null) {
            throw new FetchFailedException(
                    new FetchFailure(
                            new BlockId(task, 0),
                            holder.executor(),
                            FetchFailure.Reason.MISSING,
                            "not stored"),
                    null);
        }
        return new StoredResult(cursor);
    }

    private void bringHere(TaskAttemptId task, ExecutorAddress holder, TaskMetrics metrics) {
        try (Operator remote = new OutputReader(task, holder, client, metrics);
                OutputWriter writer = store.write(task, 1)) {
            for (Batch batch = remote.next(); batch != null; batch = remote.next()) {
                writer.add(0, batch);
            }
            writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep a result partition in the driver's store", e);
        }
    }

    void drop(TaskAttemptId task) {
        store.drop(task);
    }

    private record StoredResult(BlockCursor cursor) implements Operator {
        @Override
        public Batch next() {
            try {
                Batch batch = cursor.next();
                while (batch != null && batch.selected() == 0) {
                    batch = cursor.next();
                }
                return batch;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot read a result partition from the driver's store", e);
            }
        }

        @Override
        public void close() {
            try {
                cursor.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a result partition", e);
            }
        }
    }
}
