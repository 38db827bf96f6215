package io.troupe.columnar.spill;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.KeyHash;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Divides batches among spill files by a hash of their first columns. Each level of a recursion
/// divides by other bits. Without key columns, all goes to the first file.
public final class PartitionedSpill implements AutoCloseable {
    public static final int FANOUT = 16;
    private static final int FLUSH_ROWS = 2048;

    private final List<DataType> types;
    private final int keys;
    private final long seed;
    private final SpillFile[] files = new SpillFile[FANOUT];
    private final ColumnBuilder[][] builders = new ColumnBuilder[FANOUT][];
    private long[] hashes = {};

    /// @param types of the columns
    /// @param keys how many leading columns are the key
    /// @param level of the recursion, from 0
    public PartitionedSpill(Path folder, List<DataType> types, int keys, int level) {
        this.types = types;
        this.keys = keys;
        this.seed = 0x5bd1e995L * (level + 1);
        for (int p = 0; p < FANOUT; p++) {
            files[p] = new SpillFile(folder);
        }
    }

    public void write(Batch batch) {
        if (keys == 0) {
            files[0].write(Gather.compact(batch));
            return;
        }
        int count = batch.selected();
        int[] rows = Gather.rows(batch);
        if (hashes.length < count) {
            hashes = new long[count];
        }
        KeyHash.hash(Arrays.copyOf(batch.columns(), keys), rows, count, seed, hashes);
        int[] ends = new int[FANOUT];
        for (int i = 0; i < count; i++) {
            ends[(int) (hashes[i] >>> 60)]++;
        }
        int[] next = new int[FANOUT];
        for (int p = 1; p < FANOUT; p++) {
            next[p] = next[p - 1] + ends[p - 1];
        }
        int[] starts = next.clone();
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[next[(int) (hashes[i] >>> 60)]++] = rows[i];
        }
        for (int p = 0; p < FANOUT; p++) {
            append(p, batch.columns(), order, starts[p], next[p] - starts[p]);
        }
    }

    private void append(int partition, Vector[] columns, int[] rows, int from, int count) {
        if (count == 0) {
            return;
        }
        if (builders[partition] == null) {
            builders[partition] =
                    types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        }
        for (int c = 0; c < columns.length; c++) {
            builders[partition][c].append(columns[c], rows, from, count);
        }
        if (builders[partition].length > 0 && builders[partition][0].length() >= FLUSH_ROWS) {
            flush(partition);
        }
    }

    private void flush(int partition) {
        if (builders[partition] == null || builders[partition][0].length() == 0) {
            return;
        }
        int rows = builders[partition][0].length();
        Vector[] columns = new Vector[builders[partition].length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[partition][c].build();
        }
        builders[partition] = null;
        files[partition].write(new Batch(columns, rows));
    }

    /// Bytes in files so far.
    public long bytes() {
        long sum = 0;
        for (int p = 0; p < FANOUT; p++) {
            flush(p);
            sum += files[p].bytes();
        }
        return sum;
    }

    /// Time spent writing to the files so far.
    public long nanos() {
        long sum = 0;
        for (SpillFile file : files) {
            sum += file.nanos();
        }
        return sum;
    }

    /// The files by partition (some may be empty), no longer written to, so that several threads
    /// may read them; the caller closes them.
    public List<SpillFile> finish() {
        List<SpillFile> finished = new ArrayList<>();
        for (int p = 0; p < FANOUT; p++) {
            flush(p);
            files[p].end();
            finished.add(files[p]);
        }
        return finished;
    }

    @Override
    public void close() {
        for (SpillFile file : files) {
            file.close();
        }
    }
}
