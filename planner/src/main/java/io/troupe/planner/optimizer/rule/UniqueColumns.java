package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes each column id be produced in one branch of the plan only, so that later rules may move
/// expressions between branches. A DataFrame used twice shares its plan, ids included; the analyser
/// renames only what would clash in the output.
///
/// ```
/// Join                                    Join
///   Scan a#1                                Scan a#1
///   Project a#2 := a#1         →            Project a#2 := a#4
///     Filter a#1 > 0                          Project a#4 := a#3
///       Scan a#1                                Filter a#3 > 0
///                                                 Scan a#3
/// ```
public final class UniqueColumns implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return new Pass(context).unique(plan);
    }

    private record Pass(RuleContext context) {
        LogicalPlan unique(LogicalPlan node) {
            List<LogicalPlan> children = node.children();
            List<LogicalPlan> renewed = new ArrayList<>();
            Set<Attribute> seen = new HashSet<>();
            for (int i = 0; i < children.size(); i++) {
                LogicalPlan child = unique(children.get(i));
                if (children.size() > 1) {
                    Set<Attribute> produced = produced(child);
                    if (i > 0 && produced.stream().anyMatch(seen::contains)) {
                        boolean lateral = node instanceof Join join && join.lateral();
                        child = copied(child, lateral);
                        produced = produced(child);
                    }
                    seen.addAll(produced);
                }
                renewed.add(child);
            }
            LogicalPlan result = children.isEmpty() ? node : node.withChildren(renewed);
            boolean nested = Plans.expressions(result).stream().anyMatch(Expressions::hasSubquery);
            return nested ? uniqueSubqueries(result) : result;
        }

        private LogicalPlan uniqueSubqueries(LogicalPlan node) {
            Set<Attribute> seen = new HashSet<>();
            node.children().forEach(child -> seen.addAll(produced(child)));
            return Plans.mapExpressions(
                    node,
                    expression ->
                            Expressions.transformUp(
                                    expression,
                                    part -> {
                                        if (!(part instanceof Subquery subquery)) {
                                            return part;
                                        }
                                        LogicalPlan plan = unique((LogicalPlan) subquery.plan());
                                        if (produced(plan).stream().anyMatch(seen::contains)) {
                                            plan = copied(plan, true);
                                        }
                                        seen.addAll(produced(plan));
                                        return new Subquery(
                                                subquery.kind(), plan, subquery.values());
                                    }));
        }

        /// The plan with new ids inside and its own ids outside.
        private LogicalPlan copied(LogicalPlan plan, boolean correlated) {
            Map<Attribute, Attribute> masks = new HashMap<>();
            LogicalPlan masked =
                    correlated
                            ? mapOuter(plan, a -> masks.computeIfAbsent(a, context.ids()::copy))
                            : plan;
            FreshCopy copy = FreshCopy.of(masked, context.ids());
            Map<Attribute, Attribute> back = new HashMap<>();
            masks.forEach((original, mask) -> back.put(mask, original));
            LogicalPlan fresh =
                    correlated ? mapOuter(copy.plan(), a -> back.getOrDefault(a, a)) : copy.plan();
            List<Attribute> output = fresh.output();
            List<Named> columns = new ArrayList<>();
            for (int i = 0; i < output.size(); i++) {
                columns.add(new Named(plan.output().get(i), output.get(i)));
            }
            return new Project(fresh, columns);
        }

        /// Rewrites the plan's own outer references; those of queries nested in it are left alone.
        private static LogicalPlan mapOuter(
                LogicalPlan plan, java.util.function.UnaryOperator<Attribute> f) {
            return Plans.transformUp(
                    plan,
                    node ->
                            Plans.mapExpressions(
                                    node,
                                    expression ->
                                            Expressions.transformUp(
                                                    expression,
                                                    part ->
                                                            part instanceof OuterReference outer
                                                                    ? new OuterReference(
                                                                            f.apply(
                                                                                    outer
                                                                                            .attribute()))
                                                                    : part)));
        }

        private static Set<Attribute> produced(LogicalPlan plan) {
            Set<Attribute> produced = new HashSet<>();
            collect(plan, produced);
            return produced;
        }

        private static void collect(LogicalPlan plan, Set<Attribute> produced) {
            produced.addAll(plan.output());
            for (Expression expression : Plans.expressions(plan)) {
                Expressions.exists(
                        expression,
                        part -> {
                            if (part instanceof Subquery subquery) {
                                collect((LogicalPlan) subquery.plan(), produced);
                            }
                            return false;
                        });
            }
            plan.children().forEach(child -> collect(child, produced));
        }
    }
}
