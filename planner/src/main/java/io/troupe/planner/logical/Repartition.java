package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.SortOrder;
import java.util.List;

/// Redistributes rows: `partitions` 0 lets the planner decide.
public record Repartition(LogicalPlan child, Kind kind, List<SortOrder> by, int partitions)
        implements LogicalPlan {
    public enum Kind {
        HASH,
        RANGE,
        ROUND_ROBIN,
        COALESCE,
        /// The one expression of `by` gives each row's partition, modulo their number; null gives
        /// 0.
        ID
    }

    @Override
    public List<Attribute> output() {
        return child.output();
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Repartition(children.getFirst(), kind, by, partitions);
    }
}
