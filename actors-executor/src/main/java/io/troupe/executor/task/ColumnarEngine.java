package io.troupe.executor.task;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.exchange.PartitionedWriter;
import io.troupe.columnar.operator.exchange.RowPartitioner;
import io.troupe.columnar.pipeline.CompiledExpressions;
import io.troupe.columnar.pipeline.OperatorBuilder;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.DataType;
import java.util.List;

/// The engine that runs in every product process.
public final class ColumnarEngine implements Engine {
    @Override
    public Operator open(PhysicalPlan plan, TaskContext context) {
        return OperatorBuilder.build(plan, context);
    }

    @Override
    public Splitter splitter(StagePlan plan, TaskContext context) {
        List<Attribute> output = plan.stage().plan().output();
        List<DataType> types = output.stream().map(Attribute::type).toList();
        return new PartitionedSplitter(types, partitioner(plan, output, context), context);
    }

    private static RowPartitioner partitioner(
            StagePlan plan, List<Attribute> output, TaskContext context) {
        return switch (plan.stage().output()) {
            case Partitioning.Hash hash ->
                    RowPartitioner.hash(functions(hash.keys(), output, context), hash.partitions());
            case Partitioning.RoundRobin robin ->
                    RowPartitioner.roundRobin(robin.partitions(), context.partition());
            case Partitioning.Range range ->
                    throw new IllegalStateException(
                            "range exchange "
                                    + plan.stage().id()
                                    + " has "
                                    + range.partitions()
                                    + " partitions but no bounds");
            case Partitioning.Single single -> throw undivided(single);
            case Partitioning.Broadcast broadcast -> throw undivided(broadcast);
        };
    }

    private static IllegalStateException undivided(Partitioning partitioning) {
        return new IllegalStateException(partitioning + " has one partition, nothing is divided");
    }

    private static VectorFunction[] functions(
            List<Expression> keys, List<Attribute> output, TaskContext context) {
        CompiledExpressions compiler = new CompiledExpressions(context);
        return keys.stream()
                .map(key -> compiler.function(key, output))
                .toArray(VectorFunction[]::new);
    }

    /// Lends the writer the emitter of the call that it is in.
    private static final class PartitionedSplitter implements Splitter {
        private final PartitionedWriter writer;
        private Emitter emitter;

        PartitionedSplitter(List<DataType> types, RowPartitioner partitioner, TaskContext context) {
            writer =
                    new PartitionedWriter(
                            types,
                            partitioner,
                            context.memory(),
                            (partition, batch) -> emitter.emit(partition, batch));
        }

        @Override
        public void add(Batch batch, Emitter to) {
            emitter = to;
            writer.write(batch);
        }

        @Override
        public void finish(Emitter to) {
            emitter = to;
            writer.finish();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
