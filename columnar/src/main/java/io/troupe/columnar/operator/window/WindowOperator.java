package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;

/// Window functions over rows that arrive sorted by partition and order keys. Whole partitions are
/// gathered until there is a batch of rows, computed at once, and given on with the window columns
/// behind. A partition that does not fit into memory goes through files ([LargePartition]).
public final class WindowOperator implements Operator {
    /// A window column: its function, the expressions that it reads, their types, and its own.
    public record Column(
            WindowFunction function,
            VectorFunction[] arguments,
            List<DataType> argumentTypes,
            DataType type) {}

    /// @param types of the child's columns
    /// @param number of the operator in its stage
    public record Setup(
            List<DataType> types,
            VectorFunction[] partitionKeys,
            List<SortKey> partitionOrder,
            VectorFunction[] orderKeys,
            List<SortKey> order,
            List<Column> columns,
            List<DataType> orderTypes,
            int number) {}

    /// Row numbers and bounds of partitions and peers, per row.
    private static final int CHUNK_BYTES_PER_ROW = 24;

    private final Operator child;
    private final Setup setup;
    private final TaskContext context;
    private final Reservation reservation;
    private final RowComparator partitions;
    private final RowComparator order;
    private ColumnBuilder[] builders;
    private int buffered;

    /// Where in the buffer the partition begins that the next row may still belong to.
    private int openFrom;

    private Vector[] lastKeys;
    private int lastRow;
    private Vector[] ready;
    private long readyBytes;
    private int readyRows;
    private int emitted;
    private LargePartition filling;
    private LargePartition large;
    private boolean ended;

    /// @param child sorted
    public WindowOperator(Operator child, Setup setup, TaskContext context) {
        this.child = child;
        this.setup = setup;
        this.context = context;
        this.reservation = new Reservation(context.memory());
        this.partitions = new RowComparator(setup.partitionOrder());
        this.order = new RowComparator(setup.order());
        this.builders = fresh();
    }

    private ColumnBuilder[] fresh() {
        return setup.types().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    @Override
    public Batch next() {
        while (true) {
            // What is ready beside a large partition has come after it.
            if (large != null) {
                Batch batch = large.next();
                if (batch != null) {
                    return batch;
                }
                large.close();
                large = null;
            }
            if (ready != null && emitted < readyRows) {
                return slice();
            }
            ready = null;
            readyBytes = 0;
            if (ended) {
                return null;
            }
            read();
        }
    }

    private Batch slice() {
        int count = Math.min(Batch.TARGET_ROWS, readyRows - emitted);
        if (count == readyRows) {
            emitted = readyRows;
            return new Batch(ready, readyRows);
        }
        Vector[] columns = new Vector[ready.length];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.like(ready[c]);
            builder.appendRange(ready[c], emitted, count);
            columns[c] = builder.build();
        }
        emitted += count;
        return new Batch(columns, count);
    }

    /// Reads until whole partitions are there.
    private void read() {
        while (ready == null && large == null) {
            context.checkCancelled();
            Batch batch = child.next();
            if (batch == null) {
                ended = true;
                if (filling != null) {
                    finishLarge();
                } else {
                    compute();
                }
                return;
            }
            Batch dense = Gather.compact(batch);
            Vector[] keys = evaluate(setup.partitionKeys(), dense);
            take(dense, keys);
            lastKeys = keys;
            lastRow = dense.rowCount() - 1;
        }
    }

    private void take(Batch dense, Vector[] keys) {
        int rows = dense.rowCount();
        int from = 0;
        if (filling != null) {
            int end = firstBoundary(keys, rows);
            if (end != 0) {
                filling.write(range(dense, 0, end < 0 ? rows : end));
            }
            if (end < 0) {
                return;
            }
            finishLarge();
            from = end;
        }
        int boundary = lastBoundary(keys, rows);
        if (boundary >= 0) {
            int closed = buffered + boundary - from;
            if (closed >= Batch.TARGET_ROWS / 2) {
                append(dense, from, boundary);
                compute();
                from = boundary;
            } else {
                openFrom = closed;
            }
        }
        append(dense, from, rows);
        if (!reserve()) {
            giveWay();
        }
    }

    private void finishLarge() {
        large = filling;
        filling = null;
        large.compute();
    }

    private static Batch range(Batch batch, int from, int to) {
        int[] selection = new int[to - from];
        for (int i = 0; i < selection.length; i++) {
            selection[i] = from + i;
        }
        return Gather.compact(
                new Batch(batch.columns(), batch.rowCount(), selection, selection.length));
    }

    private boolean begins(Vector[] keys, int row) {
        return row > 0
                ? partitions.compare(keys, row - 1, keys, row) != 0
                : lastKeys == null || partitions.compare(lastKeys, lastRow, keys, 0) != 0;
    }

    /// The first row that begins a partition, -1 when none does.
    private int firstBoundary(Vector[] keys, int rows) {
        for (int row = 0; row < rows; row++) {
            if (begins(keys, row)) {
                return row;
            }
        }
        return -1;
    }

    /// The last row that begins a partition, -1 when none does.
    private int lastBoundary(Vector[] keys, int rows) {
        for (int row = rows - 1; row >= 0; row--) {
            if (begins(keys, row)) {
                return row;
            }
        }
        return -1;
    }

    private void append(Batch batch, int from, int to) {
        for (int c = 0; c < builders.length; c++) {
            builders[c].appendRange(batch.column(c), from, to - from);
        }
        buffered += to - from;
    }

    private boolean reserve() {
        long bytes = readyBytes + (long) CHUNK_BYTES_PER_ROW * buffered;
        for (ColumnBuilder builder : builders) {
            bytes += builder.bytes();
        }
        return reservation.resize(bytes);
    }

    /// Memory was refused: what is complete is computed, the open partition goes to a file when it
    /// is what fills the memory.
    private void giveWay() {
        if (openFrom > 0) {
            Vector[] columns = build();
            Batch all = new Batch(columns, buffered);
            int open = openFrom;
            int rows = buffered;
            builders = fresh();
            buffered = 0;
            append(all, 0, open);
            compute();
            append(all, open, rows);
            if (reserve()) {
                return;
            }
        }
        filling = new LargePartition(setup, context);
        Batch open = new Batch(build(), buffered);
        for (int from = 0; from < open.rowCount(); from += Batch.TARGET_ROWS) {
            filling.write(range(open, from, Math.min(open.rowCount(), from + Batch.TARGET_ROWS)));
        }
        builders = fresh();
        buffered = 0;
        reservation.resize(readyBytes);
    }

    private Vector[] build() {
        Vector[] columns = new Vector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        return columns;
    }

    private static Vector[] evaluate(VectorFunction[] functions, Batch batch) {
        Vector[] columns = new Vector[functions.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = functions[c].evaluate(batch, batch.selection(), batch.selected());
        }
        return columns;
    }

    /// Computes the window columns of what is buffered.
    private void compute() {
        if (buffered == 0) {
            return;
        }
        Vector[] columns = build();
        Batch batch = new Batch(columns, buffered);
        Chunk chunk =
                new Chunk(
                        columns,
                        evaluate(setup.partitionKeys(), batch),
                        evaluate(setup.orderKeys(), batch),
                        buffered,
                        partitions,
                        order,
                        context::checkCancelled);
        ready = Arrays.copyOf(columns, columns.length + setup.columns().size());
        for (int w = 0; w < setup.columns().size(); w++) {
            Column column = setup.columns().get(w);
            ready[columns.length + w] =
                    column.function().evaluate(chunk, evaluate(column.arguments(), batch));
        }
        readyRows = buffered;
        readyBytes = 0;
        for (Vector column : ready) {
            readyBytes += column.bytes();
        }
        emitted = 0;
        buffered = 0;
        openFrom = 0;
        builders = fresh();
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        if (filling != null) {
            filling.close();
            filling = null;
        }
        if (large != null) {
            large.close();
            large = null;
        }
        ready = null;
        ended = true;
    }
}
