package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// A recursive common table: `anchor`, then `step` over the rows of the round before (its
/// [CommonTableScan] of `id`) until a round gives none. `distinct` drops rows seen in earlier
/// rounds.
public record RecursiveTable(
        long id,
        LogicalPlan anchor,
        LogicalPlan step,
        boolean distinct,
        int maximumRounds,
        List<Attribute> output)
        implements LogicalPlan {
    @Override
    public List<LogicalPlan> children() {
        return List.of(anchor, step);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new RecursiveTable(
                id, children.get(0), children.get(1), distinct, maximumRounds, output);
    }
}
