package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// Keeps each row with probability upper - lower; with replacement, a Poisson number of times with
/// mean upper.
public record Sample(LogicalPlan child, double lower, double upper, boolean replacement, long seed)
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
        return new Sample(children.getFirst(), lower, upper, replacement, seed);
    }
}
