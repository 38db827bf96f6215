package io.troupe.columnar.operator.row;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;

/// The numbers `start + i * step` for `i` from `from` (inclusive) to `to` (exclusive).
public final class RangeScanOperator implements Operator {
    private final long start;
    private final long step;
    private final long to;
    private long next;

    public RangeScanOperator(long start, long step, long from, long to) {
        this.start = start;
        this.step = step;
        this.next = from;
        this.to = to;
    }

    @Override
    public Batch next() {
        int count = (int) Math.min(Batch.TARGET_ROWS, to - next);
        if (count <= 0) {
            return null;
        }
        long[] values = new long[count];
        long first = start + next * step;
        for (int i = 0; i < count; i++) {
            values[i] = first + i * step;
        }
        next += count;
        return new Batch(new Vector[] {new LongVector(values, count, null)}, count);
    }

    @Override
    public void close() {
        next = to;
    }
}
