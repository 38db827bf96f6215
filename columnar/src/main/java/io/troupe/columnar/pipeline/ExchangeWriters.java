package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.exchange.PartitionedWriter;
import io.troupe.columnar.operator.exchange.RowPartitioner;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.physical.Partitioning;
import java.util.List;

/// Opens the writers that divide a stage's output as its exchange demands.
public final class ExchangeWriters {
    private ExchangeWriters() {}

    /// A writer of rows with the columns `output`.
    ///
    /// @param bounds for range partitioning, the sort keys of the last rows of all partitions but
    ///   the last; else null
    public static PartitionedWriter open(
            Partitioning partitioning,
            List<Attribute> output,
            Batch bounds,
            TaskContext context,
            PartitionedWriter.Sink sink) {
        return new PartitionedWriter(
                OperatorBuilder.types(output),
                partitioner(partitioning, output, bounds, context),
                context,
                sink);
    }

    private static RowPartitioner partitioner(
            Partitioning partitioning, List<Attribute> output, Batch bounds, TaskContext context) {
        return switch (partitioning) {
            case Partitioning.Single _, Partitioning.Broadcast _ -> RowPartitioner.roundRobin(1, 0);
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
                        bounds);
            }
        };
    }

    private static VectorFunction[] functions(
            List<Expression> keys, List<Attribute> output, TaskContext context) {
        CompiledExpressions expressions = new CompiledExpressions(context);
        return keys.stream()
                .map(key -> expressions.function(key, output))
                .toArray(VectorFunction[]::new);
    }
}
