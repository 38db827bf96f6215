package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// Runs a Python function once per key over the groups of both sides.
public record PythonCogroupMap(
        LogicalPlan left,
        LogicalPlan right,
        List<Attribute> leftGrouping,
        List<Attribute> rightGrouping,
        List<Attribute> leftArguments,
        List<Attribute> rightArguments,
        PythonFunction function,
        List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of(left, right);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new PythonCogroupMap(
                children.get(0),
                children.get(1),
                leftGrouping,
                rightGrouping,
                leftArguments,
                rightArguments,
                function,
                output);
    }
}
