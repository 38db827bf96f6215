package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Holds the rows around the ones that are computed next, as many as their values depend on: their
/// inputs and order keys only.
final class BufferedPass implements PartitionPass {
    /// @param types of the function's inputs, then of the order keys
    /// @param cancelled throws when the task is cancelled
    record Setup(
            WindowFunction function,
            List<DataType> types,
            int inputs,
            RowComparator order,
            Runnable cancelled) {}

    private static final RowComparator ONE_PARTITION = new RowComparator(List.of());

    private final Setup setup;
    private final Reach.Near reach;
    private final ResultColumn result;
    private final Reservation reservation;
    private ColumnBuilder[] builders;
    private int buffered;
    private int nextRow;

    /// @param reservation of this pass alone
    BufferedPass(Setup setup, Reach.Near reach, ResultColumn result, Reservation reservation) {
        this.setup = setup;
        this.reach = reach;
        this.result = result;
        this.reservation = reservation;
        this.builders = fresh();
    }

    private ColumnBuilder[] fresh() {
        return setup.types().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    @Override
    public void add(Piece piece) {
        for (int c = 0; c < builders.length; c++) {
            builders[c].appendRange(
                    c < setup.inputs()
                            ? piece.arguments()[c]
                            : piece.orderKeys()[c - setup.inputs()],
                    0,
                    piece.rows());
        }
        buffered += piece.rows();
        reserve();
        long known = buffered - reach.after();
        if (known - nextRow >= Math.max(Batch.TARGET_ROWS, reach.before() / 2)) {
            keepFrom(compute((int) known), (int) known);
        }
    }

    private void reserve() {
        long bytes = 24L * buffered;
        for (ColumnBuilder builder : builders) {
            bytes += builder.bytes();
        }
        // A few batches are held in any case; what needs more is refused.
        if (!reservation.resize(bytes) && buffered > 4 * Batch.TARGET_ROWS) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "OPERATOR_OUT_OF_MEMORY",
                    "53200",
                    "A window function needs the columns that it reads of "
                            + buffered
                            + " rows at once, and they do not fit into memory. Use a frame that begins with the partition"
                            + " or counts few ROWS, raise spark.driver.memory (in a cluster: spark.executor.memory), or"
                            + " partition by more columns.",
                    Map.of("operator", "Window"));
        }
    }

    /// Writes the values of the rows up to `to` (exclusive); returns the buffered columns.
    private Vector[] compute(int to) {
        Vector[] columns = new Vector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        Vector[] arguments = Arrays.copyOf(columns, setup.inputs());
        Vector[] orderKeys = Arrays.copyOfRange(columns, setup.inputs(), columns.length);
        Chunk chunk =
                new Chunk(
                        columns,
                        new Vector[0],
                        orderKeys,
                        buffered,
                        ONE_PARTITION,
                        setup.order(),
                        setup.cancelled());
        Vector values = setup.function().evaluate(chunk, arguments);
        result.append(values, nextRow, to - nextRow);
        return columns;
    }

    /// Forgets the rows out of reach of row `next`.
    private void keepFrom(Vector[] columns, int next) {
        int keepFrom = (int) Math.max(0, next - reach.before());
        builders = fresh();
        for (int c = 0; c < columns.length; c++) {
            builders[c].appendRange(columns[c], keepFrom, buffered - keepFrom);
        }
        buffered -= keepFrom;
        nextRow = next - keepFrom;
    }

    @Override
    public void end() {
        if (buffered > nextRow) {
            compute(buffered);
        }
        close();
    }

    @Override
    public void close() {
        builders = fresh();
        reservation.close();
    }
}
