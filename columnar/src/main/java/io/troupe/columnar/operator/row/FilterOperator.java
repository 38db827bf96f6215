package io.troupe.columnar.operator.row;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Keeps the rows for which a condition is true. Batches of which much is left get a selection; of
/// others the rows left are gathered into fuller batches.
public final class FilterOperator implements Operator {
    /// Below this share of existing rows a batch is worth copying.
    private static final int SPARSE = 8;

    private final Operator child;
    private final VectorPredicate condition;
    private final TaskContext context;
    private final List<DataType> types;
    private ColumnBuilder[] gathered;
    private int gatheredRows;
    private Batch waiting;
    private boolean ended;

    public FilterOperator(
            Operator child, VectorPredicate condition, List<DataType> types, TaskContext context) {
        this.child = child;
        this.condition = condition;
        this.types = types;
        this.context = context;
    }

    @Override
    public Batch next() {
        while (true) {
            if (waiting != null) {
                Batch batch = waiting;
                waiting = null;
                return batch;
            }
            if (ended) {
                return null;
            }
            Batch batch = child.next();
            if (batch == null) {
                ended = true;
                return flush();
            }
            context.checkCancelled();
            int[] selection = new int[batch.selected()];
            int kept = condition.select(batch, batch.selection(), batch.selected(), selection);
            if (kept == 0) {
                continue;
            }
            if (kept >= batch.rowCount() / SPARSE) {
                Batch dense =
                        kept == batch.rowCount()
                                ? new Batch(batch.columns(), batch.rowCount())
                                : new Batch(batch.columns(), batch.rowCount(), selection, kept);
                if (gatheredRows == 0) {
                    return dense;
                }
                waiting = dense;
                return flush();
            }
            gather(batch, selection, kept);
            if (gatheredRows >= Batch.TARGET_ROWS / 2) {
                return flush();
            }
        }
    }

    private void gather(Batch batch, int[] selection, int kept) {
        if (gathered == null) {
            gathered = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        }
        for (int c = 0; c < gathered.length; c++) {
            gathered[c].append(batch.column(c), selection, 0, kept);
        }
        gatheredRows += kept;
    }

    private Batch flush() {
        if (gatheredRows == 0) {
            return waiting == null ? null : takeWaiting();
        }
        Vector[] columns = new Vector[gathered.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = gathered[c].build();
        }
        Batch batch = new Batch(columns, gatheredRows);
        gatheredRows = 0;
        return batch;
    }

    private Batch takeWaiting() {
        Batch batch = waiting;
        waiting = null;
        return batch;
    }

    @Override
    public void close() {
        child.close();
        gathered = null;
        gatheredRows = 0;
        ended = true;
    }
}
