package io.troupe.planner.logical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import java.util.ArrayList;
import java.util.List;

/// Groups by `groupings` (none: one group, also over no rows) and computes `aggregates`. Output:
/// groupings, then aggregates.
public record Aggregation(LogicalPlan child, List<Named> groupings, List<Aggregate> aggregates)
        implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        List<Attribute> output = new ArrayList<>();
        groupings.forEach(grouping -> output.add(grouping.output()));
        aggregates.forEach(aggregate -> output.add(aggregate.output()));
        return output;
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Aggregation(children.getFirst(), groupings, aggregates);
    }
}
