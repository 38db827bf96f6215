package io.troupe.columnar.operator.row;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Literal rows.
public final class LiteralScanOperator implements Operator {
    private final List<List<Object>> rows;
    private final List<DataType> types;
    private int next;
    private int to;

    /// The rows `from` (inclusive) to `to` (exclusive), values in the engine's literal form.
    public LiteralScanOperator(List<List<Object>> rows, List<DataType> types, long from, long to) {
        this.rows = rows;
        this.types = types;
        this.next = (int) from;
        this.to = (int) Math.min(to, rows.size());
    }

    @Override
    public Batch next() {
        int count = Math.min(Batch.TARGET_ROWS, to - next);
        if (count <= 0) {
            return null;
        }
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(c));
            for (int i = 0; i < count; i++) {
                builder.appendValue(rows.get(next + i).get(c));
            }
            columns[c] = builder.build();
        }
        next += count;
        return new Batch(columns, count);
    }

    @Override
    public void close() {
        next = to;
    }
}
