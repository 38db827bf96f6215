package io.troupe.planner.optimizer.rule;

import io.troupe.planner.logical.LogicalPlan;

/// A rewrite of a whole plan. The result has the same output columns (ids, in order) and gives the
/// same rows.
public interface Rule {
    LogicalPlan apply(LogicalPlan plan, RuleContext context);

    default String name() {
        return getClass().getSimpleName();
    }
}
