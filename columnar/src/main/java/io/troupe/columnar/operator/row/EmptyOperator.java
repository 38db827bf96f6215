package io.troupe.columnar.operator.row;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;

/// No rows: a leaf without input in this task.
public final class EmptyOperator implements Operator {
    @Override
    public Batch next() {
        return null;
    }

    @Override
    public void close() {}
}
