package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// Runs a Python function over the batches of each partition (mapInPandas, mapInArrow).
public record PythonMap(LogicalPlan child, PythonFunction function, List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new PythonMap(children.getFirst(), function, output);
    }
}
