package io.troupe.columnar.operator.row;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Gives every input row once per projection (grouping sets, unpivot): a batch per projection.
public final class ExpandOperator implements Operator {
    private final Operator child;
    private final List<VectorFunction[]> projections;
    private Batch input;
    private int next;

    public ExpandOperator(Operator child, List<VectorFunction[]> projections) {
        this.child = child;
        this.projections = projections;
    }

    @Override
    public Batch next() {
        if (input == null || next == projections.size()) {
            input = child.next();
            next = 0;
            if (input == null) {
                return null;
            }
        }
        VectorFunction[] projection = projections.get(next++);
        Vector[] columns = new Vector[projection.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = projection[c].evaluate(input, input.selection(), input.selected());
        }
        return input.withColumns(columns);
    }

    @Override
    public void close() {
        child.close();
        input = null;
    }
}
