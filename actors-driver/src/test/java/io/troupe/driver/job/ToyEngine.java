package io.troupe.driver.job;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.executor.task.Engine;
import io.troupe.executor.task.StagePlan;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.LeafInput;
import java.util.Arrays;

/// Enough of an engine to test what is around it: ranges of longs, exchanges, and a limit that
/// fails the task when it is negative.
public final class ToyEngine implements Engine {
    @Override
    public Operator open(PhysicalPlan plan, TaskContext context) {
        return switch (plan) {
            case PhysicalPlan.RangeScan scan ->
                    new Range(scan, (LeafInput.Rows) context.input(scan.leaf()), context);
            case PhysicalPlan.ExchangeRead read ->
                    context.openExchange(read.exchange(), context.input(read.leaf()));
            case PhysicalPlan.CacheScan scan ->
                    context.openCache(scan.cacheId(), context.input(scan.leaf()), new int[] {0});
            case PhysicalPlan.Limit limit -> {
                if (limit.count() == -1) {
                    throw new IllegalStateException("told to fail");
                }
                yield open(limit.child(), context);
            }
            default -> throw new UnsupportedOperationException(plan.toString());
        };
    }

    @Override
    public Splitter splitter(StagePlan plan, TaskContext context) {
        int partitions = plan.stage().output().partitions();
        return new Splitter() {
            @Override
            public void add(Batch batch, Emitter emitter) {
                long[][] parts = new long[partitions][batch.selected()];
                int[] sizes = new int[partitions];
                long[] values = ((LongVector) batch.column(0)).values();
                for (int i = 0; i < batch.selected(); i++) {
                    int p = (int) Math.floorMod(values[i], (long) partitions);
                    parts[p][sizes[p]++] = values[i];
                }
                for (int p = 0; p < partitions; p++) {
                    if (sizes[p] > 0) {
                        emitter.emit(p, batch(Arrays.copyOf(parts[p], sizes[p])));
                    }
                }
            }

            @Override
            public void finish(Emitter emitter) {}

            @Override
            public void close() {}
        };
    }

    static Batch batch(long[] values) {
        return new Batch(new Vector[] {new LongVector(values, values.length, null)}, values.length);
    }

    private static final class Range implements Operator {
        private final PhysicalPlan.RangeScan scan;
        private final TaskContext context;
        private final long to;
        private long next;

        Range(PhysicalPlan.RangeScan scan, LeafInput.Rows rows, TaskContext context) {
            this.scan = scan;
            this.context = context;
            this.next = rows == null ? 0 : rows.from();
            this.to = rows == null ? 0 : rows.to();
        }

        @Override
        public Batch next() {
            context.checkCancelled();
            int count = (int) Math.min(4096, to - next);
            if (count <= 0) {
                return null;
            }
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = scan.start() + (next + i) * scan.step();
            }
            next += count;
            context.metrics().add("input.rows", count);
            return batch(values);
        }

        @Override
        public void close() {}
    }
}
