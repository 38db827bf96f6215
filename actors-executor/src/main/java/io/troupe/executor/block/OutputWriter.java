package io.troupe.executor.block;

import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.columnar.vector.Batch;
import java.io.IOException;

/// Collects one task attempt's output. Used by the task's thread; ends with [#commit()] or
/// [#close()], which throws the output away if it was not committed.
public final class OutputWriter implements AutoCloseable {
    private final BlockStore store;
    private final StoredOutput output;
    private boolean committed;

    OutputWriter(BlockStore store, StoredOutput output) {
        this.store = store;
        this.output = output;
    }

    /// Which attempt's output this is.
    public TaskAttemptId id() {
        return output.id();
    }

    /// Adds a batch to a partition; may spill.
    ///
    /// @throws IOException if memory is short and the disk fails or is full
    public void add(int partition, Batch batch) throws IOException {
        store.add(output, partition, batch);
    }

    /// Makes the output readable by others.
    public TaskOutput commit() {
        committed = true;
        store.publish(output);
        return TaskOutput.stored(OutputSizes.of(output.sizes()), output.rows());
    }

    /// Bytes written to disk so far for want of memory.
    public long spilledBytes() {
        return output.diskBytes();
    }

    @Override
    public void close() {
        if (!committed) {
            store.discard(output);
        }
    }
}
