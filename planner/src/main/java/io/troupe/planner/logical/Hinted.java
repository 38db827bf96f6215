package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// A user's hint about the child: `broadcast`, `merge`, `shuffle_hash`, `shuffle_replicate_nl`,
/// `rebalance` … in lower case.
public record Hinted(LogicalPlan child, String hint, List<String> parameters)
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
        return new Hinted(children.getFirst(), hint, parameters);
    }
}
