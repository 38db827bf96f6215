package io.troupe.executor.fetch;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure.FetchFailure;
import io.troupe.cluster.transport.DataClient;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;
import io.troupe.executor.block.BlockCursor;
import io.troupe.executor.block.BlockStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Gives a task its share of a producing stage's output, in the order of the producer's partitions.
/// The order does not depend on where the outputs lie, so that a cluster's answer equals local
/// mode's also where order matters. Other executors' parts are read ahead concurrently.
public final class ExchangeReader implements Operator {
    /// Bytes that a reader holds of what it has read ahead, over all sources.
    private static final long READ_AHEAD = 48L << 20;

    private final Share share;
    private final ExecutorId self;
    private final BlockStore store;
    private final LongAdder bytesRead;
    private final LongAdder rowsRead;
    private final LongAdder waitNanos;
    private final Map<Integer, RemoteStream> streams = new HashMap<>();
    private final Map<Integer, Integer> nextIndex = new HashMap<>();
    private int producer;
    private BlockCursor local;

    /// What is to be read.
    ///
    /// @param locations where the outputs lie
    /// @param from first partition of each output
    /// @param to partition after the last
    /// @param fromProducer first of the producer's partitions
    /// @param toProducer producer's partition after the last
    public record Share(
            InputLocations locations, int from, int to, int fromProducer, int toProducer) {
        /// Clips the producer range to what exists.
        public Share {
            toProducer = Math.min(toProducer, locations.partitions());
        }

        /// Whether an output may have anything that belongs to the share.
        boolean isIn(int producer) {
            return locations.filled().any(producer, from, to);
        }
    }

    /// Opens a share.
    ///
    /// @param self the executor of this process; its outputs are read from `store`
    /// @param client connections to others; may be null where there are none
    public ExchangeReader(
            Share share,
            ExecutorId self,
            BlockStore store,
            DataClient client,
            TaskMetrics metrics) {
        this.share = share;
        this.self = self;
        this.store = store;
        this.producer = share.fromProducer();
        this.bytesRead = metrics.counter("exchange.read.bytes");
        this.rowsRead = metrics.counter("exchange.read.rows");
        this.waitNanos = metrics.counter("exchange.wait.nanos");
        openStreams(client);
    }

    private void openStreams(DataClient client) {
        Map<Integer, List<TaskAttemptId>> remote = new HashMap<>();
        InputLocations locations = share.locations();
        for (int p = share.fromProducer(); p < share.toProducer(); p++) {
            if (share.isIn(p) && !locations.holderOf(p).executor().equals(self)) {
                remote.computeIfAbsent(locations.holder()[p], h -> new ArrayList<>())
                        .add(locations.output(p));
            }
        }
        long limit = remote.isEmpty() ? 0 : Math.max(1 << 20, READ_AHEAD / remote.size());
        remote.forEach((holder, outputs) -> {
            ExecutorAddress source = locations.executors().get(holder);
            streams.put(
                    holder,
                    new RemoteStream(client, source, outputs, share.from(), share.to(), limit));
            nextIndex.put(holder, 0);
        });
    }

    @Override
    public Batch next() {
        while (producer < share.toProducer()) {
            if (!share.isIn(producer)) {
                producer++;
                continue;
            }
            int holder = share.locations().holder()[producer];
            RemoteStream stream = streams.get(holder);
            Batch batch = stream == null ? nextLocal() : nextRemote(stream, nextIndex.get(holder));
            if (batch == null) {
                if (stream != null) {
                    nextIndex.merge(holder, 1, Integer::sum);
                }
                producer++;
            } else if (batch.selected() > 0) {
                bytesRead.add(batch.bytes());
                rowsRead.add(batch.selected());
                return batch;
            }
        }
        return null;
    }

    private Batch nextRemote(RemoteStream stream, int index) {
        long start = System.nanoTime();
        try {
            return stream.next(index);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(FetchFailure.Reason.UNREACHABLE, "interrupted while waiting", e);
        } finally {
            waitNanos.add(System.nanoTime() - start);
        }
    }

    private Batch nextLocal() {
        try {
            if (local == null) {
                local = store.read(share.locations().output(producer), share.from(), share.to());
                if (local == null) {
                    throw failed(
                            FetchFailure.Reason.MISSING,
                            "the output is not in this executor's store",
                            null);
                }
            }
            Batch batch = local.next();
            if (batch == null) {
                local.close();
                local = null;
            }
            return batch;
        } catch (IOException e) {
            throw failed(FetchFailure.Reason.CORRUPT, String.valueOf(e.getMessage()), e);
        }
    }

    private FetchFailedException failed(FetchFailure.Reason reason, String text, Exception cause) {
        InputLocations locations = share.locations();
        return new FetchFailedException(
                new FetchFailure(
                        new BlockId(locations.output(producer), share.from()),
                        locations.holderOf(producer).executor(),
                        reason,
                        text),
                cause);
    }

    @Override
    public void close() {
        producer = share.toProducer();
        try {
            if (local != null) {
                local.close();
                local = null;
            }
            for (RemoteStream stream : streams.values()) {
                stream.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close an exchange's connections", e);
        }
    }
}
