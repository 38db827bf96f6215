package io.troupe.planner.analysis;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.Sample;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lets ORDER BY, QUALIFY and filters use columns that the select list below them left out: finds
/// them further down and carries them up, and removes them again at the end.
final class MissingColumns {
    private final QueryAnalyzer query;
    private final LogicalPlan plan;
    private final List<List<Attribute>> below = new ArrayList<>();
    private AggregateScope aggregate;
    private Aggregation aggregation;

    MissingColumns(QueryAnalyzer query, LogicalPlan plan) {
        this.query = query;
        this.plan = plan;
        descend(plan);
    }

    private void descend(LogicalPlan node) {
        switch (node) {
            case Project project when !isAlias(project) -> {
                LogicalPlan child = project.child();
                if (!leadsToAggregation(child)) {
                    below.add(child.output());
                }
                descend(child);
            }
            case Filter filter -> descend(filter.child());
            case Sort sort -> descend(sort.child());
            case Window window -> descend(window.child());
            case Aggregation found -> {
                aggregation = found;
                aggregate = AggregateScope.of(found, query);
                below.add(aggregate.child().output());
            }
            default -> {}
        }
    }

    private static boolean leadsToAggregation(LogicalPlan node) {
        return switch (node) {
            case Aggregation _ -> true;
            case Filter filter -> leadsToAggregation(filter.child());
            case Window window -> leadsToAggregation(window.child());
            case Generate generate -> leadsToAggregation(generate.child());
            default -> false;
        };
    }

    /// A Project that gives its columns another qualifier is a subquery's alias: what is below it
    /// is out of sight.
    private static boolean isAlias(Project project) {
        return !project.columns().isEmpty()
                && project.columns().stream()
                        .allMatch(column ->
                                column.isPassThrough()
                                        && !((Attribute) column.expression())
                                                .qualifier()
                                                .equals(column.output().qualifier()));
    }

    /// For expressions over the plan's output and what is below it.
    ExpressionAnalyzer expressions(Extraction extraction) {
        if (aggregation != null) {
            extraction.reuse(aggregation.aggregates());
        }
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.of(plan, query.outer()), extraction);
        if (aggregation != null) {
            analyzer.hoisting();
        }
        return analyzer.seeingBelow(below).grouping(aggregate == null ? null : aggregate.bits());
    }

    boolean overAggregation() {
        return aggregation != null;
    }

    /// Groupings among the expressions replaced by their columns.
    Expression rewrite(Expression expression) {
        return aggregate == null ? expression : aggregate.rewrite(expression);
    }

    /// The plan with all columns that the expressions and the extraction's aggregates and windows
    /// need, windows computed.
    LogicalPlan exposed(List<Expression> expressions, Extraction extraction) {
        Set<Attribute> needed = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(rewrite(expression), needed));
        LogicalPlan windows =
                extraction.withWindows(new io.troupe.planner.logical.OneRow(), this::rewrite);
        for (LogicalPlan node = windows; node instanceof Window window; node = window.child()) {
            io.troupe.planner.logical.Plans.expressions(window)
                    .forEach(expression -> collect(expression, needed));
        }
        needed.removeAll(windows.output());
        if (aggregation != null) {
            checkGrouped(needed, extraction);
        }
        List<Aggregate> added = new ArrayList<>();
        if (aggregation != null) {
            added.addAll(
                    extraction
                            .aggregates()
                            .subList(
                                    aggregation.aggregates().size(),
                                    extraction.aggregates().size()));
        }
        LogicalPlan wide = expose(plan, new ArrayList<>(needed), added);
        return extraction.withWindows(wide, this::rewrite);
    }

    private void checkGrouped(Set<Attribute> needed, Extraction extraction) {
        Set<Attribute> available = new HashSet<>(plan.output());
        available.addAll(aggregation.output());
        extraction.aggregates().forEach(known -> available.add(known.output()));
        for (Attribute column : needed) {
            if (!available.contains(column) && aggregate.child().output().contains(column)) {
                throw AnalysisErrors.unresolvedColumn(List.of(column.name()), plan.output());
            }
        }
    }

    /// The columns that an expression reads, those that its subqueries read from this level
    /// included.
    private static void collect(Expression expression, Set<Attribute> needed) {
        needed.addAll(Expressions.references(expression));
        Expressions.exists(
                expression,
                node -> {
                    if (node instanceof Subquery subquery) {
                        PlanWalks.expressions(
                                (LogicalPlan) subquery.plan(),
                                inner -> {
                                    if (inner
                                            instanceof
                                            io.troupe.planner.expression.OuterReference outer) {
                                        needed.add(outer.attribute());
                                    }
                                });
                    }
                    return false;
                });
    }

    /// The result with exactly the columns of the original plan.
    LogicalPlan trimmed(LogicalPlan result) {
        return result.output().equals(plan.output())
                ? result
                : new Project(result, plan.output().stream().map(Named::of).toList());
    }

    /// The plan with hidden columns of joins that the items use made visible.
    static LogicalPlan exposeHidden(
            LogicalPlan child, List<SelectItem> items, Extraction extraction) {
        Set<Attribute> needed = new LinkedHashSet<>();
        items.forEach(item -> collect(item.value().expression(), needed));
        extraction
                .aggregates()
                .forEach(call -> needed.addAll(Expressions.references(call.call().arguments())));
        LogicalPlan windows =
                extraction.withWindows(new io.troupe.planner.logical.OneRow(), e -> e);
        for (LogicalPlan node = windows; node instanceof Window window; node = window.child()) {
            io.troupe.planner.logical.Plans.expressions(window)
                    .forEach(expression -> collect(expression, needed));
        }
        List<Attribute> hidden = HiddenColumns.of(List.of(child));
        return expose(child, needed.stream().filter(hidden::contains).toList(), List.of());
    }

    static LogicalPlan expose(LogicalPlan node, List<Attribute> wanted, List<Aggregate> added) {
        Set<Attribute> present = new HashSet<>(node.output());
        List<Attribute> missing =
                wanted.stream().filter(column -> !present.contains(column)).toList();
        if (missing.isEmpty() && added.isEmpty()) {
            return node;
        }
        return switch (node) {
            case Project project -> {
                LogicalPlan child = expose(project.child(), missing, added);
                Set<Attribute> found = new HashSet<>(child.output());
                List<Named> columns = new ArrayList<>(project.columns());
                for (Attribute column : missing) {
                    if (found.contains(column)) {
                        columns.add(Named.of(child.output().get(child.output().indexOf(column))));
                    }
                }
                yield new Project(child, columns);
            }
            case Aggregation aggregation -> {
                List<Aggregate> all = new ArrayList<>(aggregation.aggregates());
                all.addAll(added);
                yield new Aggregation(aggregation.child(), aggregation.groupings(), all);
            }
            case Filter _,
                    Sort _,
                    Limit _,
                    Window _,
                    Generate _,
                    Sample _,
                    Repartition _,
                    Hinted _ ->
                    node.withChildren(List.of(expose(node.children().getFirst(), missing, added)));
            case Join join ->
                    join.withChildren(
                            List.of(
                                    expose(join.left(), missing, List.of()),
                                    expose(join.right(), missing, List.of())));
            default -> node;
        };
    }
}
