package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// INTERSECT or EXCEPT, by position; types already agree; nulls equal nulls. The output has ids of
/// its own.
public record SetOperation(
        LogicalPlan left, LogicalPlan right, Kind kind, boolean all, List<Attribute> output)
        implements LogicalPlan {
    public enum Kind {
        INTERSECT,
        EXCEPT
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(left, right);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new SetOperation(children.get(0), children.get(1), kind, all, output);
    }
}
