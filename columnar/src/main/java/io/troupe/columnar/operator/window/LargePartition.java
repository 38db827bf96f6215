package io.troupe.columnar.operator.window;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.window.WindowOperator.Column;
import io.troupe.columnar.operator.window.WindowOperator.Setup;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One window partition that does not fit into memory. Its rows go to a file; one reading of the
/// file computes all window columns into files of their own; another gives the rows with them.
final class LargePartition implements AutoCloseable {
    private final Setup setup;
    private final TaskContext context;
    private final SpillFile rows;
    private final RowComparator order;
    private final List<ResultColumn> results = new ArrayList<>();
    private final List<PartitionPass> passes = new ArrayList<>();
    private SpillFile.Reader reader;

    LargePartition(Setup setup, TaskContext context) {
        this.setup = setup;
        this.context = context;
        this.rows = new SpillFile(context.spillFolder());
        this.order = new RowComparator(setup.order());
    }

    void write(Batch batch) {
        rows.write(batch);
    }

    /// All rows were written: computes the window columns.
    void compute() {
        for (Column column : setup.columns()) {
            ResultColumn result = new ResultColumn(column.type(), context.spillFolder());
            results.add(result);
            passes.add(pass(column, result));
        }
        Vector[] lastKeys = null;
        int lastRow = 0;
        try (SpillFile.Reader all = rows.read()) {
            for (Batch batch = all.next(); batch != null; batch = all.next()) {
                context.checkCancelled();
                Vector[] keys = evaluate(setup.orderKeys(), batch);
                boolean[] newPeers = new boolean[batch.rowCount()];
                for (int row = 0; row < newPeers.length; row++) {
                    newPeers[row] =
                            row > 0
                                    ? order.compare(keys, row - 1, keys, row) != 0
                                    : lastKeys == null
                                            || order.compare(lastKeys, lastRow, keys, 0) != 0;
                }
                for (int p = 0; p < passes.size(); p++) {
                    Vector[] arguments = evaluate(setup.columns().get(p).arguments(), batch);
                    passes.get(p)
                            .add(
                                    new PartitionPass.Piece(
                                            arguments, keys, newPeers, batch.rowCount()));
                }
                lastKeys = keys;
                lastRow = batch.rowCount() - 1;
            }
        }
        long bytes = rows.bytes();
        for (int p = 0; p < passes.size(); p++) {
            passes.get(p).end();
            bytes += results.get(p).finish();
        }
        context.metrics().add("op." + setup.number() + ".spill.bytes", bytes);
        context.metrics().add("spill.nanos", rows.nanos());
        reader = rows.read();
    }

    private PartitionPass pass(Column column, ResultColumn result) {
        return switch (column.function().reach()) {
            case Reach.Growing growing -> new GrowingPass(growing, result, rows.rows());
            case Reach.Near near -> buffered(column, near, result);
            case Reach.Anywhere _ ->
                    buffered(column, new Reach.Near(Integer.MAX_VALUE, Integer.MAX_VALUE), result);
        };
    }

    private PartitionPass buffered(Column column, Reach.Near near, ResultColumn result) {
        List<DataType> types = new ArrayList<>(column.argumentTypes());
        types.addAll(setup.orderTypes());
        return new BufferedPass(
                new BufferedPass.Setup(
                        column.function(),
                        types,
                        column.argumentTypes().size(),
                        order,
                        context::checkCancelled),
                near,
                result,
                new Reservation(context.memory()));
    }

    private static Vector[] evaluate(VectorFunction[] functions, Batch batch) {
        Vector[] columns = new Vector[functions.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = functions[c].evaluate(batch, null, batch.rowCount());
        }
        return columns;
    }

    /// The next rows with their window columns, null at the end.
    Batch next() {
        Batch batch = reader.next();
        if (batch == null) {
            return null;
        }
        int width = batch.columns().length;
        Vector[] columns = Arrays.copyOf(batch.columns(), width + results.size());
        for (int r = 0; r < results.size(); r++) {
            columns[width + r] = results.get(r).take(batch.rowCount());
        }
        return new Batch(columns, batch.rowCount());
    }

    @Override
    public void close() {
        passes.forEach(PartitionPass::close);
        results.forEach(ResultColumn::close);
        if (reader != null) {
            reader.close();
        }
        rows.close();
    }
}
