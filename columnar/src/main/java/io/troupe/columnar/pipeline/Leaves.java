package io.troupe.columnar.pipeline;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.row.EmptyOperator;
import io.troupe.columnar.operator.row.LiteralScanOperator;
import io.troupe.columnar.operator.row.RangeScanOperator;
import io.troupe.columnar.source.ScanOperators;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.LeafInput;

/// The leaves of a stage plan: each reads the task's share of its input.
final class Leaves {
    private final OperatorBuilder builder;
    private final TaskContext context;

    Leaves(OperatorBuilder builder) {
        this.builder = builder;
        this.context = builder.context();
    }

    Operator open(PhysicalPlan.Leaf leaf) {
        LeafInput input = context.input(leaf.leaf());
        if (input == null) {
            return new EmptyOperator();
        }
        return switch (leaf) {
            case PhysicalPlan.FileScan scan ->
                    ScanOperators.open(
                            scan,
                            (LeafInput.Files) input,
                            context,
                            builder.expressions()::predicate);
            case PhysicalPlan.LocalScan scan -> local(scan, (LeafInput.Rows) input);
            case PhysicalPlan.RangeScan scan -> {
                LeafInput.Rows rows = (LeafInput.Rows) input;
                yield new RangeScanOperator(scan.start(), scan.step(), rows.from(), rows.to());
            }
            case PhysicalPlan.CacheScan scan ->
                    context.openCache(
                            scan.cacheId(),
                            input,
                            scan.columns().stream().mapToInt(Integer::intValue).toArray());
            case PhysicalPlan.ExchangeRead read -> context.openExchange(read.exchange(), input);
        };
    }

    private static Operator local(PhysicalPlan.LocalScan scan, LeafInput.Rows rows) {
        return switch (scan.table()) {
            case LocalTable.Rows given ->
                    new LiteralScanOperator(
                            given.values(),
                            OperatorBuilder.types(scan.output()),
                            rows.from(),
                            rows.to());
            case LocalTable.ArrowStream stream ->
                    new ArrowScanOperator(stream.bytes(), rows.from(), rows.to());
        };
    }
}
