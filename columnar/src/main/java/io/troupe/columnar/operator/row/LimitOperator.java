package io.troupe.columnar.operator.row;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import java.util.Arrays;

/// Skips the first `offset` rows and ends after `count` more; the child is closed as soon as they
/// are there.
public final class LimitOperator implements Operator {
    private final Operator child;
    private long skip;
    private long left;

    public LimitOperator(Operator child, long count, long offset) {
        this.child = child;
        this.left = count;
        this.skip = offset;
    }

    @Override
    public Batch next() {
        while (left > 0) {
            Batch batch = child.next();
            if (batch == null) {
                left = 0;
                return null;
            }
            if (batch.selected() <= skip) {
                skip -= batch.selected();
                continue;
            }
            Batch part = slice(batch, (int) skip, (int) Math.min(left, batch.selected() - skip));
            skip = 0;
            left -= part.selected();
            if (left == 0) {
                child.close();
            }
            return part;
        }
        return null;
    }

    /// The existing rows `from` to `from + count` of a batch.
    static Batch slice(Batch batch, int from, int count) {
        if (from == 0 && count == batch.selected()) {
            return batch;
        }
        int[] selection = Arrays.copyOfRange(Gather.rows(batch), from, from + count);
        return new Batch(batch.columns(), batch.rowCount(), selection, count);
    }

    @Override
    public void close() {
        left = 0;
        child.close();
    }
}
