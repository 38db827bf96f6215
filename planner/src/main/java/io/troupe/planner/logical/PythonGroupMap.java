package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// Runs a Python function once per group (applyInPandas, applyInArrow); it sees `arguments`
/// (columns of the child).
public record PythonGroupMap(
        LogicalPlan child,
        List<Attribute> grouping,
        List<Attribute> arguments,
        PythonFunction function,
        List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new PythonGroupMap(children.getFirst(), grouping, arguments, function, output);
    }
}
