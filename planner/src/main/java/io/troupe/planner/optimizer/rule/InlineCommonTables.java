package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the definition of a common table in place of its only use, or of each use when it is cheap
/// to compute again; definitions that are not used go. Others stay bound and are computed once.
///
/// ```
/// With(t = A, … Scan(t) …)  →  … Project(A) …
/// ```
public final class InlineCommonTables implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        Map<Long, Integer> uses = new HashMap<>();
        count(plan, uses);
        return inline(plan, uses, new HashMap<>(), context);
    }

    private static void count(LogicalPlan plan, Map<Long, Integer> uses) {
        if (plan instanceof CommonTableScan scan) {
            uses.merge(scan.id(), 1, Integer::sum);
        }
        plan.children().forEach(child -> count(child, uses));
    }

    private static LogicalPlan inline(
            LogicalPlan plan,
            Map<Long, Integer> uses,
            Map<Long, LogicalPlan> definitions,
            RuleContext context) {
        return switch (plan) {
            case WithCommonTable with -> {
                LogicalPlan definition = inline(with.definition(), uses, definitions, context);
                int count = uses.getOrDefault(with.id(), 0);
                if (count == 1 || !isCostly(definition) && isRepeatable(definition)) {
                    definitions.put(with.id(), definition);
                    yield inline(with.child(), uses, definitions, context);
                }
                LogicalPlan child = inline(with.child(), uses, definitions, context);
                yield count == 0
                        ? child
                        : new WithCommonTable(with.id(), with.name(), definition, child);
            }
            case CommonTableScan scan when definitions.containsKey(scan.id()) ->
                    substituted(scan, definitions.get(scan.id()), context.ids());
            default -> Plans.mapChildren(plan, child -> inline(child, uses, definitions, context));
        };
    }

    /// The query with the definition in place of each use.
    static LogicalPlan inlined(WithCommonTable with, AttributeIds ids) {
        return Plans.transformUp(
                with.child(),
                node ->
                        node instanceof CommonTableScan scan && scan.id() == with.id()
                                ? substituted(scan, with.definition(), ids)
                                : node);
    }

    /// Each use gets identities of its own, so that two of them can meet in a join.
    private static LogicalPlan substituted(
            CommonTableScan scan, LogicalPlan definition, AttributeIds ids) {
        FreshCopy copy = FreshCopy.of(definition, ids);
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            columns.add(new Named(scan.output().get(i), copy.renamed(scan.source().get(i))));
        }
        return new Project(copy.plan(), columns);
    }

    /// Whether computing it again gives the same rows.
    private static boolean isRepeatable(LogicalPlan definition) {
        return !Plans.exists(
                definition,
                node ->
                        Plans.expressions(node).stream()
                                .anyMatch(expression -> !Expressions.isDeterministic(expression)));
    }

    private static boolean isCostly(LogicalPlan definition) {
        return Plans.exists(
                definition,
                node ->
                        node instanceof Aggregation
                                || node instanceof Join
                                || node instanceof Window
                                || node instanceof Distinct);
    }
}
