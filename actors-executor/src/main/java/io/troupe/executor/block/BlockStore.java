package io.troupe.executor.block;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.transport.DataSink;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All outputs that a process holds: shuffle blocks, broadcasts, results, cached partitions. Memory
/// first; what the pool needs back goes to disk, oldest output first, because later stages read in
/// the order in which outputs were made and the newest are the likeliest to be read soon. Safe for
/// many threads.
public final class BlockStore implements MemoryPool.Reclaimer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockStore.class);

    private final MemoryPool pool;
    private final ScratchFolders scratch;

    /// Published outputs by query, so that the end of a query costs no look at others.
    private final Map<QueryId, Map<TaskAttemptId, StoredOutput>> outputs =
            new ConcurrentHashMap<>();

    /// Outputs, published or not, in the order of their making.
    private final ConcurrentNavigableMap<Long, StoredOutput> spillOrder =
            new ConcurrentSkipListMap<>();

    private final AtomicLong outputNumber = new AtomicLong();
    private final AtomicLong fileNumber = new AtomicLong();

    /// A store that takes memory from a pool and becomes its reclaimer.
    ///
    /// @param scratch where blocks are spilled to
    public BlockStore(MemoryPool pool, ScratchFolders scratch) {
        this.pool = pool;
        this.scratch = scratch;
        pool.setReclaimer(this);
    }

    /// Starts the output of a task attempt.
    ///
    /// @param partitions number of partitions that it is divided into
    public OutputWriter write(TaskAttemptId id, int partitions) {
        StoredOutput output = new StoredOutput(id, outputNumber.incrementAndGet(), partitions);
        spillOrder.put(output.number(), output);
        return new OutputWriter(this, output);
    }

    void add(StoredOutput output, int partition, Batch batch) throws IOException {
        long size = output.sizeOf(batch);
        if (pool.tryReserve(size)) {
            if (!output.add(partition, batch, size)) {
                pool.release(size);
            }
        } else {
            pool.release(scratch.write(to -> output.spillWith(partition, batch, size, fileIn(to))));
        }
    }

    void publish(StoredOutput output) {
        StoredOutput older =
                outputs.computeIfAbsent(queryOf(output.id()), q -> new ConcurrentHashMap<>())
                        .put(output.id(), output);
        if (older != null) {
            discard(older);
        }
    }

    void discard(StoredOutput output) {
        spillOrder.remove(output.number());
        try {
            pool.release(output.drop());
        } catch (IOException e) {
            LOG.warn("cannot delete spilled blocks of {}: {}", output.id(), e.getMessage());
        }
    }

    /// Opens some partitions of an output for reading in this process: batches in memory are handed
    /// over by reference.
    ///
    /// @return null if the output is not here
    public BlockCursor read(TaskAttemptId id, int from, int to) {
        StoredOutput output = find(id);
        return output == null
                ? null
                : new BlockCursor(output, from, Math.min(to, output.partitions()));
    }

    /// Whether an output is here.
    public boolean holds(TaskAttemptId id) {
        return find(id) != null;
    }

    /// Sends some partitions of an output to another process.
    ///
    /// @param index the number by which the receiver knows the output
    public void send(TaskAttemptId id, int from, int to, int index, DataSink sink)
            throws IOException {
        StoredOutput output = find(id);
        if (output == null) {
            sink.missing(index, "the output is not (or no longer) in this executor's store");
            return;
        }
        for (int p = from; p < Math.min(to, output.partitions()); p++) {
            StoredOutput.Snapshot snapshot = output.snapshot(p);
            for (SpillFile file : snapshot.files()) {
                if (file.length(p) > 0) {
                    try (FileChannel channel = file.open()) {
                        sink.file(index, p, channel, file.offset(p), file.length(p));
                    }
                }
            }
            for (Batch batch : snapshot.memory()) {
                sink.frame(index, p, BatchCodec.encode(batch));
            }
        }
    }

    /// Forgets all outputs of a query.
    public void drop(QueryId query) {
        Map<TaskAttemptId, StoredOutput> dropped = outputs.remove(query);
        if (dropped != null) {
            dropped.values().forEach(this::discard);
        }
    }

    /// Forgets one output.
    public void drop(TaskAttemptId id) {
        Map<TaskAttemptId, StoredOutput> ofQuery = outputs.get(queryOf(id));
        StoredOutput output = ofQuery == null ? null : ofQuery.remove(id);
        if (output != null) {
            discard(output);
        }
    }

    @Override
    public long reclaim(long bytes) {
        long freed = 0;
        for (StoredOutput output : spillOrder.values()) {
            if (freed >= bytes) {
                break;
            }
            if (output.memoryBytes() == 0) {
                continue;
            }
            try {
                long spilled = scratch.write(to -> output.spill(fileIn(to)));
                pool.release(spilled);
                freed += spilled;
            } catch (ScratchException e) {
                LOG.debug("memory cannot be had back by spilling: {}", e.getMessage());
                return freed;
            }
        }
        return freed;
    }

    /// Bytes of blocks in memory.
    public long memoryBytes() {
        return spillOrder.values().stream().mapToLong(StoredOutput::memoryBytes).sum();
    }

    /// Bytes of blocks on disk.
    public long diskBytes() {
        return spillOrder.values().stream().mapToLong(StoredOutput::diskBytes).sum();
    }

    /// Number of outputs held.
    public int size() {
        return spillOrder.size();
    }

    private StoredOutput find(TaskAttemptId id) {
        Map<TaskAttemptId, StoredOutput> ofQuery = outputs.get(queryOf(id));
        return ofQuery == null ? null : ofQuery.get(id);
    }

    private static QueryId queryOf(TaskAttemptId id) {
        return id.stage().stage().query();
    }

    private Path fileIn(Path folder) {
        return folder.resolve("blocks-" + fileNumber.incrementAndGet());
    }

    @Override
    public void close() {
        for (QueryId query : outputs.keySet()) {
            drop(query);
        }
    }
}
