package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// A use of the common table `id` bound by a [WithCommonTable] around; `output` renames `source`
/// (the bound plan's output) by position.
public record CommonTableScan(long id, List<Attribute> source, List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of();
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return this;
    }
}
