package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.SortOrder;
import java.util.List;

/// Orders the whole result, or each partition only when not `global`.
public record Sort(LogicalPlan child, List<SortOrder> orders, boolean global)
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
        return new Sort(children.getFirst(), orders, global);
    }
}
