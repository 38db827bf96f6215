package io.troupe.columnar.operator.row;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import java.util.ArrayDeque;
import java.util.Deque;

/// The last rows of the task.
public final class TailOperator implements Operator {
    private final Operator child;
    private final long count;
    private final TaskContext context;
    private final Deque<Batch> last = new ArrayDeque<>();
    private long held;
    private boolean read;

    public TailOperator(Operator child, long count, TaskContext context) {
        this.child = child;
        this.count = count;
        this.context = context;
    }

    @Override
    public Batch next() {
        if (!read) {
            read();
        }
        return last.poll();
    }

    private void read() {
        read = true;
        for (Batch batch = child.next(); batch != null; batch = child.next()) {
            context.checkCancelled();
            last.add(Gather.compact(batch));
            held += batch.selected();
            while (held - last.peek().selected() >= count && !last.isEmpty()) {
                held -= last.poll().selected();
                if (last.isEmpty()) {
                    break;
                }
            }
        }
        if (held > count) {
            Batch first = last.poll();
            int surplus = (int) (held - count);
            if (surplus < first.selected()) {
                last.addFirst(LimitOperator.slice(first, surplus, first.selected() - surplus));
            }
        }
    }

    @Override
    public void close() {
        child.close();
        last.clear();
        read = true;
    }
}
