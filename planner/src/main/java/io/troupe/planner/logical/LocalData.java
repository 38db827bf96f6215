package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Rows that the driver holds: VALUES, createDataFrame of small data, results of commands. Each row
/// has one engine literal value per column.
public record LocalData(List<Attribute> output, LocalTable table) implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of();
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return this;
    }
}
