package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What expressions over an aggregation may use: its groupings, by the expressions that they group
/// by, and its aggregates.
final class AggregateScope {
    static final String GROUPING_ID = "spark_grouping_id";

    private final LogicalPlan child;
    private final List<Named> groupings;
    private final Map<Expression, Attribute> byExpression;
    private final GroupingBits bits;
    private final QueryAnalyzer query;

    private AggregateScope(
            LogicalPlan child,
            List<Named> groupings,
            Map<Expression, Attribute> byExpression,
            GroupingBits bits,
            QueryAnalyzer query) {
        this.child = child;
        this.groupings = groupings;
        this.byExpression = byExpression;
        this.bits = bits;
        this.query = query;
    }

    static AggregateScope global(LogicalPlan child, Extraction extraction, QueryAnalyzer query) {
        return new AggregateScope(child, List.of(), Map.of(), null, query);
    }

    static AggregateScope grouped(LogicalPlan child, List<Named> groupings, QueryAnalyzer query) {
        Map<Expression, Attribute> byExpression = new LinkedHashMap<>();
        groupings.forEach(grouping ->
                byExpression.putIfAbsent(
                        SubqueryShape.of(grouping.expression()), grouping.output()));
        return new AggregateScope(child, groupings, byExpression, null, query);
    }

    /// Over an Expand that makes grouping sets.
    static AggregateScope sets(
            LogicalPlan child,
            List<Named> groupings,
            Map<Expression, Attribute> byExpression,
            GroupingBits bits,
            QueryAnalyzer query) {
        return new AggregateScope(child, groupings, byExpression, bits, query);
    }

    /// The scope of an aggregation analysed before, for clauses above it (ORDER BY, QUALIFY).
    static AggregateScope of(Aggregation aggregation, QueryAnalyzer query) {
        if (!(aggregation.child() instanceof Expand expand)) {
            return grouped(aggregation.child(), aggregation.groupings(), query);
        }
        Map<Expression, Attribute> byExpression = new LinkedHashMap<>();
        List<Expression> originals = new ArrayList<>();
        List<Attribute> columns = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Attribute id = null;
        for (Named grouping : aggregation.groupings()) {
            if (grouping.output().name().equals(GROUPING_ID)) {
                id = grouping.output();
                continue;
            }
            int index = expand.output().indexOf(grouping.expression());
            for (List<Expression> projection : expand.projections()) {
                if (index >= 0
                        && !(projection.get(index) instanceof Literal literal
                                && literal.value() == null)) {
                    if (byExpression.putIfAbsent(projection.get(index), grouping.output())
                            == null) {
                        originals.add(projection.get(index));
                        columns.add(grouping.output());
                        texts.add(grouping.output().name());
                    }
                    break;
                }
            }
        }
        GroupingBits bits = id == null ? null : new GroupingBits(id, originals, columns, texts);
        return new AggregateScope(expand, aggregation.groupings(), byExpression, bits, query);
    }

    LogicalPlan child() {
        return child;
    }

    GroupingBits bits() {
        return bits;
    }

    /// The expression over the aggregation's output: parts that equal a grouping are replaced by
    /// its column.
    Expression rewrite(Expression expression) {
        return Expressions.transformDown(
                expression,
                node -> {
                    Attribute grouping = byExpression.get(SubqueryShape.of(node));
                    return grouping == null ? node : grouping;
                });
    }

    /// Rewrites, and raises an error when a column is read that is neither grouped nor aggregated.
    Expression checked(Expression expression, Set<Attribute> available) {
        Expression rewritten = rewrite(expression);
        for (Attribute read : Expressions.references(rewritten)) {
            if (!available.contains(read)) {
                throw groupings.isEmpty()
                        ? Conditions.analysis("MISSING_GROUP_BY")
                        : AnalysisErrors.missingAggregation(read.name());
            }
        }
        checkSubqueries(rewritten, available);
        return rewritten;
    }

    /// A subquery over the groups sees what the groups have.
    private void checkSubqueries(Expression rewritten, Set<Attribute> available) {
        if (!Expressions.hasSubquery(rewritten)) {
            return;
        }
        Set<Attribute> rows = new HashSet<>(child.output());
        PlanWalks.visit(
                rewritten,
                node -> {
                    if (node instanceof OuterReference reference
                            && rows.contains(reference.attribute())
                            && !available.contains(reference.attribute())) {
                        throw Conditions.analysis(
                                "SCALAR_SUBQUERY_IS_IN_GROUP_BY_OR_AGGREGATE_FUNCTION",
                                "sqlExpr",
                                "scalarsubquery(" + reference.attribute().name() + ")");
                    }
                });
    }

    Aggregation aggregation(List<Aggregate> aggregates) {
        return new Aggregation(child, groupings, aggregates);
    }

    /// Aggregation, windows and generators, then the select list.
    LogicalPlan project(List<SelectItem> items, Extraction extraction) {
        return project(items, extraction, null);
    }

    /// @param having the condition on groups over the aggregation's output, or null
    LogicalPlan project(List<SelectItem> items, Extraction extraction, Expression having) {
        Aggregation aggregation = aggregation(extraction.aggregates());
        LogicalPlan plan = aggregation;
        if (having != null) {
            plan = new Filter(plan, checked(having, new HashSet<>(aggregation.output())));
        }
        Set<Attribute> available = new HashSet<>(aggregation.output());
        plan =
                extraction.withWindows(
                        plan,
                        expression -> checked(expression, withOutputs(available, extraction)));
        plan =
                extraction.withGenerators(
                        plan,
                        expression -> checked(expression, withOutputs(available, extraction)));
        Set<Attribute> all = new HashSet<>(plan.output());
        List<Named> columns = new ArrayList<>();
        for (SelectItem item : items) {
            Expression expression = checked(item.value().expression(), all);
            columns.add(SelectAnalyzer.column(item, expression, query.ids()));
        }
        return new Project(plan, columns);
    }

    private static Set<Attribute> withOutputs(Set<Attribute> available, Extraction extraction) {
        Set<Attribute> all = new HashSet<>(available);
        all.addAll(extraction.withWindows(new io.troupe.planner.logical.OneRow(), e -> e).output());
        return all;
    }
}
