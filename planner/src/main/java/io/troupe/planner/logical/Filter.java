package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Keeps the rows for which the condition is true (not false, not null).
public record Filter(LogicalPlan child, Expression condition) implements LogicalPlan {
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
        return new Filter(children.getFirst(), condition);
    }
}
