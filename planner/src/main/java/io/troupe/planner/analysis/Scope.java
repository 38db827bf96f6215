package io.troupe.planner.analysis;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;

/// The columns that a clause sees: those of its inputs, and behind them those of the enclosing
/// query.
///
/// @param input visible columns in order
/// @param plans the inputs, in which DataFrame columns and hidden columns are looked for
/// @param outer the enclosing query's scope, null at the top
/// @param clause the clause whose expressions nested queries are in, null outside of nested queries
record Scope(
        List<Attribute> input, List<LogicalPlan> plans, Scope outer, ExpressionAnalyzer clause) {
    Scope(List<Attribute> input, List<LogicalPlan> plans, Scope outer) {
        this(input, plans, outer, null);
    }

    /// For queries nested in an expression of the clause: aggregates over its columns are computed
    /// by it.
    Scope hoistingTo(ExpressionAnalyzer clause) {
        return new Scope(input, plans, outer, clause);
    }

    static Scope of(LogicalPlan plan, Scope outer) {
        return new Scope(plan.output(), List.of(plan), outer);
    }

    static Scope of(LogicalPlan left, LogicalPlan right, Scope outer) {
        List<Attribute> both = new ArrayList<>(left.output());
        both.addAll(right.output());
        return new Scope(both, List.of(left, right), outer);
    }

    static Scope empty(Scope outer) {
        return new Scope(List.of(), List.of(), outer);
    }
}
