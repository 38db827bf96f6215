package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.exchange.PartitionedWriter;
import io.troupe.columnar.operator.exchange.RangeBounds;
import io.troupe.columnar.operator.exchange.RowPartitioner;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Opens the writers that divide a stage's output as its exchange demands.
public final class ExchangeWriters {
    private ExchangeWriters() {}

    /// A writer of rows with the columns `output`.
    public static PartitionedWriter open(
            Partitioning partitioning,
            List<Attribute> output,
            TaskContext context,
            PartitionedWriter.Sink sink) {
        return new PartitionedWriter(
                OperatorBuilder.types(output),
                partitioner(partitioning, output, context),
                context,
                sink);
    }

    private static RowPartitioner partitioner(
            Partitioning partitioning, List<Attribute> output, TaskContext context) {
        if (partitioning.partitions() == 1) {
            return RowPartitioner.roundRobin(1, 0);
        }
        return switch (partitioning) {
            case Partitioning.Single _, Partitioning.Broadcast _, Partitioning.Unmoved _ ->
                    throw new IllegalStateException(partitioning + " divides nothing");
            case Partitioning.RoundRobin robin ->
                    RowPartitioner.roundRobin(robin.partitions(), context.partition());
            case Partitioning.ById id ->
                    RowPartitioner.byId(
                            functions(List.of(id.id()), output, context)[0], id.partitions());
            case Partitioning.Hash hash ->
                    RowPartitioner.hash(
                            functions(hash.keys(), output, context),
                            hash.keys().stream().map(Expression::type).toList(),
                            hash.partitions());
            case Partitioning.Range range -> {
                List<Expression> keys = range.orders().stream().map(SortOrder::expression).toList();
                yield RowPartitioner.range(
                        functions(keys, output, context),
                        Orderings.keys(range.orders()),
                        range.partitions(),
                        bounds(range, OperatorBuilder.types(keys), context));
            }
        };
    }

    /// The same for all tasks of the stage that run in this process.
    private static Batch bounds(
            Partitioning.Range range, List<DataType> types, TaskContext context) {
        return context.shared(
                "range-bounds-" + range.bounds(),
                () -> {
                    RangeBounds bounds = new RangeBounds(types);
                    try (Operator sample =
                            context.openExchange(range.bounds(), new LeafInput.Whole(-1))) {
                        for (Batch batch = sample.next(); batch != null; batch = sample.next()) {
                            bounds.add(batch);
                        }
                    }
                    return bounds.of(range.partitions());
                });
    }

    private static VectorFunction[] functions(
            List<Expression> keys, List<Attribute> output, TaskContext context) {
        CompiledExpressions expressions = new CompiledExpressions(context);
        return keys.stream()
                .map(key -> expressions.function(key, output))
                .toArray(VectorFunction[]::new);
    }
}
