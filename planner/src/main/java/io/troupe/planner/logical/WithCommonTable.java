package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Binds the plan `definition` to `id` for the [CommonTableScan]s within `child`.
public record WithCommonTable(long id, String name, LogicalPlan definition, LogicalPlan child)
        implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        return child.output();
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(definition, child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new WithCommonTable(id, name, children.get(0), children.get(1));
    }
}
