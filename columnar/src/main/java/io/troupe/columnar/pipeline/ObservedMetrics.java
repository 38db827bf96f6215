package io.troupe.columnar.pipeline;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.operator.RuntimeFilters;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.operator.WorkerNotes;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.LeafInput;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/// Merges the states that the tasks of a query left for an observation into its metrics.
public final class ObservedMetrics {
    private ObservedMetrics() {}

    /// @param plan what was observed
    /// @param states the tasks' states, as they were encoded
    /// @return the values of `plan.metrics()`, in their order
    public static List<Object> values(
            PhysicalPlan.CollectMetrics plan, List<byte[]> states, QuerySettings settings) {
        List<Attribute> columns = new ArrayList<>();
        plan.aggregates().forEach(step -> columns.addAll(step.state()));
        PhysicalPlan merged =
                new PhysicalPlan.Project(
                        new PhysicalPlan.HashAggregate(
                                new PhysicalPlan.ExchangeRead(0, 0, columns, ExchangeReading.ALL),
                                List.of(),
                                plan.aggregates(),
                                PhysicalPlan.AggregateMode.FINAL),
                        plan.metrics());
        try (Operator operator = OperatorBuilder.build(merged, new Context(settings, states))) {
            Batch batch = operator.next();
            List<Object> values = new ArrayList<>();
            List<Named> metrics = plan.metrics();
            for (int i = 0; i < metrics.size(); i++) {
                values.add(
                        Values.get(batch.column(i), batch.row(0), metrics.get(i).output().type()));
            }
            return values;
        }
    }

    private record States(Iterator<byte[]> left) implements Operator {
        @Override
        public Batch next() {
            return left.hasNext() ? BatchCodec.decode(ByteBuffer.wrap(left.next())) : null;
        }

        @Override
        public void close() {}
    }

    /// A task whose only input are the states.
    private record Context(QuerySettings settings, List<byte[]> states) implements TaskContext {
        @Override
        public MemoryPool memory() {
            return new MemoryPool(Runtime.getRuntime().maxMemory());
        }

        @Override
        public Path spillFolder() {
            throw new IllegalStateException("the merging of states spills nothing");
        }

        @Override
        public LeafInput input(int leaf) {
            return new LeafInput.Whole(leaf);
        }

        @Override
        public Operator openExchange(int exchange, LeafInput input) {
            return new States(states.iterator());
        }

        @Override
        public Operator openCache(long cacheId, LeafInput input, int[] columns) {
            throw new IllegalStateException("the merging of states reads no cache");
        }

        @Override
        public <T> T shared(String key, Supplier<T> supplier) {
            return supplier.get();
        }

        @Override
        public RuntimeFilters runtimeFilters() {
            return new RuntimeFilters();
        }

        @Override
        public PythonSession openPython(PythonRequest request) {
            throw new IllegalStateException("the merging of states calls no Python");
        }

        @Override
        public void checkCancelled() {}

        @Override
        public TaskMetrics metrics() {
            return new TaskMetrics();
        }

        @Override
        public WorkerNotes notes() {
            throw new IllegalStateException("the merging of states calls no Python");
        }

        @Override
        public void accumulate(byte[] updates) {
            throw new UnsupportedOperationException("no Python function runs here");
        }

        @Override
        public void observe(String name, Batch state) {
            throw new IllegalStateException("the merging of states observes nothing");
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public int stageAttempt() {
            return 0;
        }

        @Override
        public void requireCommit() {
            throw new IllegalStateException("the merging of states writes nothing");
        }

        @Override
        public long queryId() {
            return 0;
        }
    }
}
