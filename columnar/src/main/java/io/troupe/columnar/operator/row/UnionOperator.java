package io.troupe.columnar.operator.row;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import java.util.List;

/// The rows of all children, child after child; each is closed when it ends.
public final class UnionOperator implements Operator {
    private final List<Operator> children;
    private int current;

    public UnionOperator(List<Operator> children) {
        this.children = children;
    }

    @Override
    public Batch next() {
        while (current < children.size()) {
            Batch batch = children.get(current).next();
            if (batch != null) {
                return batch;
            }
            children.get(current).close();
            current++;
        }
        return null;
    }

    @Override
    public void close() {
        children.forEach(Operator::close);
        current = children.size();
    }
}
