package io.troupe.columnar.operator.row;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.Batch;

/// Counts rows, batches and time (its children's included) of an operator; the counters are added
/// to the task's when it ends or is closed.
public final class MeasuredOperator implements Operator {
    private final Operator operator;
    private final TaskMetrics metrics;
    private final String prefix;
    private long rows;
    private long batches;
    private long nanos;
    private boolean reported;

    public MeasuredOperator(Operator operator, TaskMetrics metrics, int number) {
        this.operator = operator;
        this.metrics = metrics;
        this.prefix = "op." + number + ".";
    }

    @Override
    public Batch next() {
        long start = System.nanoTime();
        Batch batch = operator.next();
        nanos += System.nanoTime() - start;
        if (batch != null) {
            rows += batch.selected();
            batches++;
        } else {
            report();
        }
        return batch;
    }

    private void report() {
        if (!reported) {
            reported = true;
            metrics.add(prefix + "rows", rows);
            metrics.add(prefix + "batches", batches);
            metrics.add(prefix + "nanos", nanos);
        }
    }

    @Override
    public void close() {
        report();
        operator.close();
    }
}
