package io.troupe.columnar.operator.exchange;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Divides batches among partitions and hands them on in batches of about [Batch#TARGET_ROWS] rows;
/// smaller ones when memory is short.
public final class PartitionedWriter implements AutoCloseable {
    /// Takes the batches of partitions; they are the sink's to keep.
    @FunctionalInterface
    public interface Sink {
        void accept(int partition, Batch batch);
    }

    /// Wide rows go on before there are many of them.
    private static final long LARGE_BATCH = 8L << 20;

    private final List<DataType> types;
    private final RowPartitioner partitioner;
    private final Sink sink;
    private final TaskMetrics metrics;
    private final Reservation reservation;
    private final ColumnBuilder[][] builders;
    private final int[] held;
    private int[] numbers = {};

    public PartitionedWriter(
            List<DataType> types, RowPartitioner partitioner, TaskContext context, Sink sink) {
        this.types = types;
        this.partitioner = partitioner;
        this.sink = sink;
        this.metrics = context.metrics();
        this.reservation = new Reservation(context.memory());
        this.builders = new ColumnBuilder[partitioner.partitions()][];
        this.held = new int[builders.length];
    }

    public void write(Batch batch) {
        int count = batch.selected();
        int partitions = builders.length;
        if (partitions == 1) {
            writeWhole(batch);
            return;
        }
        if (numbers.length < count) {
            numbers = new int[count];
        }
        partitioner.partition(batch, numbers);
        int[] next = new int[partitions + 1];
        for (int i = 0; i < count; i++) {
            next[numbers[i] + 1]++;
        }
        for (int p = 0; p < partitions; p++) {
            next[p + 1] += next[p];
        }
        int[] rows = Gather.rows(batch);
        int[] order = new int[count];
        int[] at = next.clone();
        for (int i = 0; i < count; i++) {
            order[at[numbers[i]]++] = rows[i];
        }
        for (int p = 0; p < partitions; p++) {
            int size = next[p + 1] - next[p];
            if (size > 0) {
                append(p, batch.columns(), order, next[p], size);
            }
        }
        account();
    }

    /// Rows for one partition need no dividing. They are copied out of batches that hold much more
    /// than them, which would all stay in memory for as long as the output does.
    private void writeWhole(Batch batch) {
        if (isDense(batch)) {
            flush(0);
            sink.accept(0, batch);
        } else {
            append(0, batch.columns(), Gather.rows(batch), 0, batch.selected());
            account();
        }
    }

    private static boolean isDense(Batch batch) {
        if (2 * batch.selected() < batch.rowCount()) {
            return false;
        }
        for (Vector column : batch.columns()) {
            if (column instanceof DictionaryVector coded
                    && coded.dictionary().length() > batch.rowCount()) {
                return false;
            }
        }
        return true;
    }

    private void append(int partition, Vector[] columns, int[] rows, int from, int count) {
        if (builders[partition] == null) {
            builders[partition] =
                    types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        }
        ColumnBuilder[] own = builders[partition];
        for (int c = 0; c < own.length; c++) {
            own[c].append(columns[c], rows, from, count);
        }
        held[partition] += count;
        if (held[partition] >= Batch.TARGET_ROWS) {
            flush(partition);
        }
    }

    private void flush(int partition) {
        if (held[partition] == 0) {
            return;
        }
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[partition][c].build();
        }
        sink.accept(partition, new Batch(columns, held[partition]));
        held[partition] = 0;
    }

    private void account() {
        long bytes = 0;
        for (int p = 0; p < builders.length; p++) {
            long own = 0;
            if (builders[p] != null && held[p] > 0) {
                for (ColumnBuilder builder : builders[p]) {
                    own += builder.bytes();
                }
            }
            if (own > LARGE_BATCH) {
                flush(p);
            } else {
                bytes += own;
            }
        }
        if (!reservation.resize(bytes)) {
            finish();
        }
    }

    /// Hands on what is left.
    public void finish() {
        for (int p = 0; p < builders.length; p++) {
            flush(p);
        }
        reservation.resize(0);
    }

    @Override
    public void close() {
        partitioner.tell(metrics);
        reservation.close();
    }
}
