package io.troupe.columnar.operator.row;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;

/// Computes columns; rows and selection stay.
public final class ProjectOperator implements Operator {
    private final Operator child;
    private final VectorFunction[] columns;

    public ProjectOperator(Operator child, VectorFunction[] columns) {
        this.child = child;
        this.columns = columns;
    }

    @Override
    public Batch next() {
        Batch batch = child.next();
        if (batch == null) {
            return null;
        }
        Vector[] computed = new Vector[columns.length];
        for (int c = 0; c < computed.length; c++) {
            computed[c] = columns[c].evaluate(batch, batch.selection(), batch.selected());
        }
        return batch.withColumns(computed);
    }

    @Override
    public void close() {
        child.close();
    }
}
