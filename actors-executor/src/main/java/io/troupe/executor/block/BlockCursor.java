package io.troupe.executor.block;

import io.troupe.columnar.vector.Batch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Reads some partitions of one output in this process, one after another. Used by one thread.
public final class BlockCursor implements AutoCloseable {
    private final StoredOutput output;
    private final int to;
    private int partition;
    private Deque<SpillFile> files = new ArrayDeque<>();
    private Iterator<Batch> memory = List.<Batch>of().iterator();
    private SpillFile.Reader reader;

    BlockCursor(StoredOutput output, int from, int to) {
        this.output = output;
        this.partition = from;
        this.to = to;
    }

    /// The next batch, or null at the end.
    ///
    /// @throws IOException if a spilled block is gone or corrupt
    public Batch next() throws IOException {
        while (true) {
            if (reader != null) {
                Batch batch = reader.next();
                if (batch != null) {
                    return batch;
                }
                reader.close();
                reader = null;
            } else if (!files.isEmpty()) {
                reader = files.pop().read(partition - 1);
            } else if (memory.hasNext()) {
                return memory.next();
            } else if (partition < to) {
                StoredOutput.Snapshot snapshot = output.snapshot(partition++);
                files = new ArrayDeque<>(snapshot.files());
                memory = snapshot.memory().iterator();
            } else {
                return null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
