package io.troupe.planner.logical;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Reads the columns `output` (a subset of the relation's, by name) of stored files. `filters` are
/// conjuncts over `output` that the scan applies fully (the optimizer pushes them here; they are
/// not repeated above).
public record Scan(FileRelation relation, List<Attribute> output, List<Expression> filters)
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
