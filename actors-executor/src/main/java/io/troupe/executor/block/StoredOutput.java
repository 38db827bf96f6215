package io.troupe.executor.block;

import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The output of one task attempt: per partition, what lies on disk comes before what lies in
/// memory, each in the order of writing. Guarded by its own monitor; batches and files are
/// immutable, so a snapshot stays valid after the lock.
final class StoredOutput {
    private final TaskAttemptId id;
    private final long number;
    private final int partitions;
    private final long[] bytes;
    private List<List<Batch>> memory;

    /// Those of the batches in memory: many batches have one, often a whole column of which each
    /// picks rows.
    private final Set<Vector> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<SpillFile> files = new ArrayList<>();
    private long memoryBytes;
    private long rows;
    private boolean dropped;

    /// @param number the order of making
    StoredOutput(TaskAttemptId id, long number, int partitions) {
        this.id = id;
        this.number = number;
        this.partitions = partitions;
        this.bytes = new long[partitions];
        this.memory = emptyLists(partitions);
    }

    TaskAttemptId id() {
        return id;
    }

    long number() {
        return number;
    }

    /// What a reader of one partition sees.
    record Snapshot(List<SpillFile> files, List<Batch> memory) {}

    /// Bytes that a batch takes beside those that are here.
    synchronized long sizeOf(Batch batch) {
        long size = batch.bytes();
        for (Vector column : batch.columns()) {
            if (column instanceof DictionaryVector coded
                    && dictionaries.contains(coded.dictionary())) {
                size -= coded.dictionary().bytes();
            }
        }
        return size;
    }

    /// Keeps a batch in memory that the caller has reserved `size` bytes for; false if the output
    /// was dropped meanwhile.
    synchronized boolean add(int partition, Batch batch, long size) {
        if (dropped) {
            return false;
        }
        memory.get(partition).add(batch);
        for (Vector column : batch.columns()) {
            if (column instanceof DictionaryVector coded) {
                dictionaries.add(coded.dictionary());
            }
        }
        memoryBytes += size;
        count(partition, batch, size);
        return true;
    }

    /// Writes what is in memory and one more batch to disk.
    ///
    /// @return bytes of memory that are free now
    synchronized long spillWith(int partition, Batch batch, long size, Path file)
            throws IOException {
        if (dropped) {
            return 0;
        }
        memory.get(partition).add(batch);
        try {
            long freed = writeOut(file);
            count(partition, batch, size);
            return freed;
        } catch (IOException | RuntimeException e) {
            memory.get(partition).removeLast();
            throw e;
        }
    }

    /// Writes what is in memory to disk.
    ///
    /// @return bytes of memory that are free now
    synchronized long spill(Path file) throws IOException {
        if (dropped || memoryBytes == 0) {
            return 0;
        }
        return writeOut(file);
    }

    private long writeOut(Path file) throws IOException {
        files.add(SpillFile.write(file, memory));
        return forget();
    }

    private long forget() {
        memory = emptyLists(partitions);
        dictionaries.clear();
        long freed = memoryBytes;
        memoryBytes = 0;
        return freed;
    }

    private void count(int partition, Batch batch, long size) {
        bytes[partition] += Math.max(1, size);
        rows += batch.selected();
    }

    /// Forgets everything.
    ///
    /// @return bytes of memory that are free now
    synchronized long drop() throws IOException {
        dropped = true;
        for (SpillFile file : files) {
            file.delete();
        }
        files.clear();
        return forget();
    }

    /// @throws IOException if the output was dropped: a reader must fail then, not find nothing
    synchronized Snapshot snapshot(int partition) throws IOException {
        if (dropped) {
            throw new IOException("the output of " + id + " was dropped while it was read");
        }
        return new Snapshot(List.copyOf(files), List.copyOf(memory.get(partition)));
    }

    synchronized long memoryBytes() {
        return memoryBytes;
    }

    synchronized long diskBytes() {
        long sum = 0;
        for (SpillFile file : files) {
            sum += file.bytes();
        }
        return sum;
    }

    synchronized long[] sizes() {
        return bytes.clone();
    }

    synchronized long rows() {
        return rows;
    }

    int partitions() {
        return partitions;
    }

    private static List<List<Batch>> emptyLists(int count) {
        List<List<Batch>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>(1));
        }
        return lists;
    }
}
