package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimate;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.WithCommonTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Computes once what a query computes in several places: a DataFrame used twice, or a subquery
/// that repeats the joins around it.
///
/// ```
/// A(J) join B(J)  →  With(t = J, A(Scan(t)) join B(Scan(t)))
/// ```
///
/// `J` joins, aggregates or orders for windows, and gives far fewer rows than it reads; where it
/// does not, its readers' own filters and columns are worth more. Runs after filters have moved, so
/// that equal means equal work, and before columns are pruned, as readers may use different ones.
public final class ShareEqualPlans implements Rule {
    /// How many times fewer rows than it reads a shared plan must give.
    private static final double LEVER = 4;

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        List<List<LogicalPlan>> equal = EqualPlans.in(plan);
        LogicalPlan current = plan;
        Estimator estimator = context.estimator();
        for (List<LogicalPlan> occurrences : equal) {
            if (pays(occurrences.getFirst(), context, estimator)) {
                current = shared(current, occurrences, context);
            }
        }
        return current;
    }

    private static boolean pays(LogicalPlan plan, RuleContext context, Estimator estimator) {
        Estimate result = estimator.estimate(plan);
        double read = read(plan, estimator);
        return result.known() && read >= context.singleTaskRows() && read >= LEVER * result.rows();
    }

    private static double read(LogicalPlan plan, Estimator estimator) {
        return plan.children().isEmpty()
                ? estimator.estimate(plan).rows()
                : plan.children().stream().mapToDouble(child -> read(child, estimator)).sum();
    }

    private static LogicalPlan shared(
            LogicalPlan plan, List<LogicalPlan> occurrences, RuleContext context) {
        LogicalPlan first = occurrences.getFirst();
        FreshCopy definition = FreshCopy.of(first, context.ids());
        List<Attribute> source = first.output().stream().map(definition::renamed).toList();
        long id = context.ids().next();
        Map<LogicalPlan, LogicalPlan> uses = new IdentityHashMap<>();
        for (LogicalPlan occurrence : occurrences) {
            uses.put(
                    occurrence,
                    new CommonTableScan(id, source, new ArrayList<>(occurrence.output())));
        }
        return new WithCommonTable(id, "equal plans", definition.plan(), replaced(plan, uses));
    }

    private static LogicalPlan replaced(LogicalPlan plan, Map<LogicalPlan, LogicalPlan> uses) {
        LogicalPlan use = uses.get(plan);
        return use != null ? use : Plans.mapChildren(plan, child -> replaced(child, uses));
    }
}
