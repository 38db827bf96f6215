package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowColumn;
import java.util.ArrayList;
import java.util.List;

/// Adds window function columns, all over one partitioning and order. Output: the child's, then the
/// new columns.
public record Window(
        LogicalPlan child,
        List<Expression> partitionBy,
        List<SortOrder> orderBy,
        List<WindowColumn> columns)
        implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        List<Attribute> output = new ArrayList<>(child.output());
        columns.forEach(column -> output.add(column.output()));
        return output;
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Window(children.getFirst(), partitionBy, orderBy, columns);
    }
}
