package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// SELECT without GROUP BY; with aggregate functions it is an aggregation over one group.
final class SelectAnalyzer {
    private final QueryAnalyzer query;

    SelectAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.Select select) {
        LogicalPlan input = query.analyze(select.child());
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = query.expressions(input, extraction).allowLateralAliases();
        List<SelectItem> items = items(select.columns(), analyzer);
        checkGenerators(extraction);
        LogicalPlan child = extraction.withTimeWindows(input, query.dialect());
        if (extraction.hasAggregates()) {
            return AggregateScope.global(child, extraction, query).project(items, extraction);
        }
        LogicalPlan exposed = MissingColumns.exposeHidden(child, items, extraction);
        LogicalPlan plan =
                extraction.withGenerators(
                        extraction.withWindows(exposed, UnaryOperator.identity()),
                        UnaryOperator.identity());
        return new Project(plan, columns(items, query.ids()));
    }

    static List<SelectItem> items(List<ParsedExpression> columns, ExpressionAnalyzer analyzer) {
        List<SelectItem> items = new ArrayList<>();
        for (ParsedExpression column : columns) {
            for (SelectItem item : Stars.expand(List.of(column), analyzer)) {
                items.add(item);
                if (item.aliased()) {
                    analyzer.addAlias(item.name(), item.value());
                }
            }
        }
        return items;
    }

    static void checkGenerators(Extraction extraction) {
        if (extraction.generators().size() > 1 && extraction.hasAggregates()) {
            throw Conditions.analysis(
                    "UNSUPPORTED_GENERATOR.MULTI_GENERATOR",
                    "num",
                    Integer.toString(extraction.generators().size()),
                    "generators",
                    extraction.generators().stream()
                            .map(g -> quoted(g.text()))
                            .collect(Collectors.joining(", ")));
        }
    }

    static List<Named> columns(List<SelectItem> items, AttributeIds ids) {
        return items.stream().map(item -> column(item, item.value().expression(), ids)).toList();
    }

    /// The output column of an item: a column keeps its identity unless it was given another name.
    static Named column(SelectItem item, Expression expression, AttributeIds ids) {
        if (expression instanceof Attribute attribute && !item.aliased()) {
            Attribute named =
                    new Attribute(
                            attribute.id(),
                            item.name(),
                            attribute.type(),
                            attribute.nullable(),
                            attribute.qualifier(),
                            attribute.metadata());
            return new Named(named, attribute);
        }
        if (expression instanceof Attribute attribute
                && attribute.name().equals(item.name())
                && attribute.qualifier().isEmpty()
                && item.metadata().equals(attribute.metadata())) {
            return new Named(attribute, attribute);
        }
        Attribute output =
                new Attribute(
                        ids.next(),
                        item.name(),
                        expression.type(),
                        expression.nullable(),
                        List.of(),
                        item.metadata());
        return new Named(output, expression);
    }
}
