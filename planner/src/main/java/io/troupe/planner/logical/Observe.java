package io.troupe.planner.logical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import java.util.List;

/// Passes rows through and computes named metrics over them.
///
/// @param aggregates aggregates over the child's rows
/// @param metrics the metrics, over the aggregates' columns
public record Observe(
        LogicalPlan child, String name, List<Aggregate> aggregates, List<Named> metrics)
        implements LogicalPlan {
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
        return new Observe(children.getFirst(), name, aggregates, metrics);
    }
}
