package io.troupe.planner.optimizer;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.optimizer.rule.AggregateBeforeJoin;
import io.troupe.planner.optimizer.rule.AntiJoinForNullCheck;
import io.troupe.planner.optimizer.rule.CollapseProjects;
import io.troupe.planner.optimizer.rule.ExpandDistinctAggregates;
import io.troupe.planner.optimizer.rule.ExtractPythonFromJoins;
import io.troupe.planner.optimizer.rule.FoldConstants;
import io.troupe.planner.optimizer.rule.InlineCommonTables;
import io.troupe.planner.optimizer.rule.PruneColumns;
import io.troupe.planner.optimizer.rule.PushDownFilters;
import io.troupe.planner.optimizer.rule.PushDownSemiJoins;
import io.troupe.planner.optimizer.rule.ReduceBySemiJoin;
import io.troupe.planner.optimizer.rule.ReorderJoins;
import io.troupe.planner.optimizer.rule.ReplaceSetOperations;
import io.troupe.planner.optimizer.rule.Rule;
import io.troupe.planner.optimizer.rule.RuleContext;
import io.troupe.planner.optimizer.rule.ShareEqualPlans;
import io.troupe.planner.optimizer.rule.TranslatePython;
import io.troupe.planner.optimizer.rule.UniqueColumns;
import io.troupe.planner.optimizer.rule.UnnestSubqueries;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Applies the rules in order, each once: every rule works on the whole plan and reaches its own
/// fixed point. Rules that the engine needs (they remove logical forms that have no physical one)
/// cannot be switched off; the others can, by name, for tests.
public final class Optimizer {
    private record Step(Rule rule, boolean needed) {}

    private static final List<Step> STEPS =
            List.of(
                    new Step(new UniqueColumns(), true),
                    new Step(new FoldConstants(), false),
                    new Step(new UnnestSubqueries(), true),
                    new Step(new ReplaceSetOperations(), true),
                    new Step(new InlineCommonTables(), true),
                    new Step(new TranslatePython(), false),
                    new Step(new CollapseProjects(), false),
                    new Step(new PushDownFilters(), false),
                    new Step(new AntiJoinForNullCheck(), false),
                    new Step(new ReorderJoins(), false),
                    new Step(new PushDownSemiJoins(), false),
                    new Step(new PushDownFilters(), false),
                    new Step(new ShareEqualPlans(), false),
                    new Step(new ExtractPythonFromJoins(), true),
                    new Step(new ExpandDistinctAggregates(), true),
                    new Step(new PruneColumns(), false),
                    new Step(new CollapseProjects(), false),
                    new Step(new ReduceBySemiJoin(), false),
                    new Step(new AggregateBeforeJoin(), false),
                    new Step(new PruneColumns(), false),
                    new Step(new CollapseProjects(), false),
                    new Step(new FoldConstants(), false));

    private Optimizer() {}

    /// @param disabled names of rules to leave out, of those that can be
    public static LogicalPlan optimize(
            LogicalPlan plan, RuleContext context, Set<String> disabled) {
        LogicalPlan current = plan;
        for (Step step : STEPS) {
            if (!step.needed() && disabled.contains(step.rule().name())) {
                continue;
            }
            LogicalPlan next = step.rule().apply(current, context);
            check(step.rule(), current, next);
            current = next;
        }
        return current;
    }

    private static void check(Rule rule, LogicalPlan before, LogicalPlan after) {
        List<Attribute> wanted = before.output();
        List<Attribute> got = after.output();
        if (!wanted.equals(got)) {
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "INTERNAL_ERROR",
                    "XX000",
                    "The rule "
                            + rule.name()
                            + " changed the output of the query from "
                            + wanted
                            + " to "
                            + got
                            + ".",
                    Map.of());
        }
    }
}
