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
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Window functions over rows that arrive sorted by partition and order keys. Whole partitions are
/// gathered until there is a batch of rows, computed at once, and given on with the window columns
/// behind.
public final class WindowOperator implements Operator {
    /// A window column: its function and the expressions that it reads.
    public record Column(WindowFunction function, VectorFunction[] arguments) {}

    /// @param types of the child's columns
    public record Setup(
            List<DataType> types,
            VectorFunction[] partitionKeys,
            List<SortKey> partitionOrder,
            VectorFunction[] orderKeys,
            List<SortKey> order,
            List<Column> columns) {}

    private final Operator child;
    private final Setup setup;
    private final TaskContext context;
    private final Reservation reservation;
    private final RowComparator partitions;
    private final RowComparator order;
    private ColumnBuilder[] builders;
    private int buffered;
    private Vector[] lastKeys;
    private int lastRow;
    private Vector[] ready;
    private int readyRows;
    private int emitted;
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
            if (ready != null && emitted < readyRows) {
                return slice();
            }
            ready = null;
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
        while (true) {
            context.checkCancelled();
            Batch batch = child.next();
            if (batch == null) {
                ended = true;
                compute();
                return;
            }
            Batch dense = Gather.compact(batch);
            Vector[] keys = evaluate(setup.partitionKeys(), dense);
            int boundary = lastBoundary(keys, dense.rowCount());
            boolean enough = boundary >= 0 && buffered + boundary >= Batch.TARGET_ROWS / 2;
            if (enough) {
                append(dense, 0, boundary);
                compute();
            }
            append(dense, enough ? boundary : 0, dense.rowCount());
            lastKeys = keys;
            lastRow = dense.rowCount() - 1;
            if (enough) {
                return;
            }
        }
    }

    /// The last row that begins a partition, -1 when none does.
    private int lastBoundary(Vector[] keys, int rows) {
        for (int row = rows - 1; row > 0; row--) {
            if (partitions.compare(keys, row - 1, keys, row) != 0) {
                return row;
            }
        }
        return lastKeys == null || partitions.compare(lastKeys, lastRow, keys, 0) != 0 ? 0 : -1;
    }

    private void append(Batch batch, int from, int to) {
        for (int c = 0; c < builders.length; c++) {
            builders[c].appendRange(batch.column(c), from, to - from);
        }
        buffered += to - from;
        long bytes = 0;
        for (ColumnBuilder builder : builders) {
            bytes += builder.bytes();
        }
        if (!reservation.resize(bytes)) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "OPERATOR_OUT_OF_MEMORY",
                    "53200",
                    "A window partition of more than "
                            + buffered
                            + " rows does not fit into memory. Raise spark.executor.memory or partition by more columns.",
                    Map.of("operator", "Window"));
        }
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
        Vector[] columns = new Vector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        Batch batch = new Batch(columns, buffered);
        Chunk chunk =
                new Chunk(
                        columns,
                        evaluate(setup.partitionKeys(), batch),
                        evaluate(setup.orderKeys(), batch),
                        buffered,
                        partitions,
                        order);
        ready = Arrays.copyOf(columns, columns.length + setup.columns().size());
        for (int w = 0; w < setup.columns().size(); w++) {
            Column column = setup.columns().get(w);
            ready[columns.length + w] =
                    column.function().evaluate(chunk, evaluate(column.arguments(), batch));
        }
        readyRows = buffered;
        emitted = 0;
        buffered = 0;
        builders = fresh();
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        ready = null;
        ended = true;
    }
}
