package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Range;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the largest parts of a plan that are the same but for the identities of their columns.
final class EqualPlans {
    /// The shape (node types, numbers of files) of each part that can be shared: the same for equal
    /// parts.
    private final Map<LogicalPlan, Integer> shapes = new IdentityHashMap<>();

    private final Map<Integer, Integer> ofShape = new HashMap<>();
    private final Map<Renumbered, List<LogicalPlan>> equal = new LinkedHashMap<>();

    private EqualPlans() {}

    /// Lists of two or more equal parts; none is within another that is listed.
    static List<List<LogicalPlan>> in(LogicalPlan plan) {
        EqualPlans search = new EqualPlans();
        search.shape(plan);
        Map<LogicalPlan, Renumbered> candidates = new IdentityHashMap<>();
        Map<Renumbered, Integer> counts = new HashMap<>();
        search.shapes.forEach((node, shape) -> {
            if (isCostly(node) && search.ofShape.get(shape) > 1) {
                Renumbered renumbered = Renumbered.of(node);
                candidates.put(node, renumbered);
                counts.merge(renumbered, 1, Integer::sum);
            }
        });
        search.collect(plan, candidates, counts);
        return search.equal.values().stream().filter(parts -> parts.size() > 1).toList();
    }

    /// @return null for what cannot be shared
    private Integer shape(LogicalPlan node) {
        int shape = node.getClass().hashCode();
        boolean shareable = canShare(node);
        for (LogicalPlan child : node.children()) {
            Integer own = shape(child);
            shareable &= own != null;
            shape = 31 * shape + (own == null ? 0 : own);
        }
        if (!shareable) {
            return null;
        }
        if (node instanceof Scan scan) {
            shape = 31 * shape + scan.relation().files().size();
        }
        shapes.put(node, shape);
        if (isCostly(node)) {
            ofShape.merge(shape, 1, Integer::sum);
        }
        return shape;
    }

    private static boolean canShare(LogicalPlan node) {
        boolean known =
                switch (node) {
                    case Scan _,
                            LocalData _,
                            Range _,
                            Project _,
                            Filter _,
                            Window _,
                            Distinct _,
                            Union _ ->
                            true;
                    case Join join -> !join.lateral();
                    case Aggregation aggregation ->
                            aggregation.aggregates().stream()
                                    .allMatch(aggregate -> aggregate.call().python() == null);
                    default -> false;
                };
        return known
                && Plans.expressions(node).stream()
                        .allMatch(expression ->
                                Expressions.isDeterministic(expression)
                                        && !Expressions.hasPython(expression)
                                        && !Expressions.hasSubquery(expression)
                                        && !Expressions.hasOuterReference(expression));
    }

    private static boolean isCostly(LogicalPlan node) {
        return node instanceof Join
                || node instanceof Aggregation
                || node instanceof Window
                || node instanceof Distinct;
    }

    /// From the root down, so that the largest parts are met first.
    private void collect(
            LogicalPlan node,
            Map<LogicalPlan, Renumbered> candidates,
            Map<Renumbered, Integer> counts) {
        Renumbered renumbered = candidates.get(node);
        if (renumbered != null && counts.get(renumbered) > 1) {
            equal.computeIfAbsent(renumbered, _ -> new ArrayList<>()).add(node);
        } else {
            node.children().forEach(child -> collect(child, candidates, counts));
        }
    }

    /// A plan with its columns numbered as they come. `columns` are the names and types of those
    /// that scans read, by which alone two scans of one relation differ.
    private record Renumbered(LogicalPlan plan, List<String> columns) {
        static Renumbered of(LogicalPlan plan) {
            List<String> columns = new ArrayList<>();
            Plans.forEach(
                    plan,
                    node -> {
                        if (node instanceof Scan scan) {
                            scan.output().forEach(column -> columns.add(nameAndType(column)));
                        }
                    });
            return new Renumbered(FreshCopy.of(plan, AttributeIds.from(0)).plan(), columns);
        }

        private static String nameAndType(Attribute column) {
            return column.name() + " " + column.type();
        }
    }
}
