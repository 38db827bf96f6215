package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import java.util.List;

/// Computes columns.
public record Project(LogicalPlan child, List<Named> columns) implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        return columns.stream().map(Named::output).toList();
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Project(children.getFirst(), columns);
    }
}
