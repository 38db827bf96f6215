package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.function.Operators;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;

/// ORDER BY, SORT BY, and repartitioning by expressions.
final class SortAnalyzer {
    private final QueryAnalyzer query;

    SortAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.OrderBy order) {
        LogicalPlan child = query.analyze(order.child());
        MissingColumns missing = new MissingColumns(query, child);
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = missing.expressions(extraction);
        List<SortOrder> orders = new ArrayList<>();
        for (ParsedExpression.SortItem item : flattened(order.items())) {
            orders.add(order(item, child, analyzer));
        }
        List<Expression> keys = orders.stream().map(SortOrder::expression).toList();
        LogicalPlan wide = missing.exposed(keys, extraction);
        List<Attribute> hidden = HiddenColumns.of(List.of(wide));
        wide =
                MissingColumns.expose(
                        wide,
                        io.troupe.planner.expression.Expressions.references(keys).stream()
                                .filter(hidden::contains)
                                .toList(),
                        List.of());
        List<SortOrder> rewritten =
                orders.stream()
                        .map(one ->
                                new SortOrder(
                                        missing.rewrite(one.expression()),
                                        one.ascending(),
                                        one.nullsFirst()))
                        .toList();
        return missing.trimmed(new Sort(wide, rewritten, order.global()));
    }

    /// `*` in an ordering stands for all columns.
    private List<ParsedExpression.SortItem> flattened(List<ParsedExpression.SortItem> items) {
        List<ParsedExpression.SortItem> flat = new ArrayList<>();
        for (ParsedExpression.SortItem item : items) {
            flat.add(
                    Stars.unlocated(item.child()) instanceof ParsedExpression.SortItem inner
                            ? inner
                            : item);
        }
        return flat;
    }

    private SortOrder order(
            ParsedExpression.SortItem item, LogicalPlan child, ExpressionAnalyzer analyzer) {
        Integer ordinal = Stars.ordinal(item.child());
        Typed key;
        if (ordinal != null && query.context().flag("spark.sql.orderByOrdinal", true)) {
            List<Attribute> output = child.output();
            if (ordinal < 1 || ordinal > output.size()) {
                throw Conditions.analysis(
                        "ORDER_BY_POS_OUT_OF_RANGE",
                        "index",
                        ordinal.toString(),
                        "size",
                        Integer.toString(output.size()));
            }
            Attribute column = output.get(ordinal - 1);
            key = new Typed(column, column.name());
        } else {
            key = analyzer.resolve(item.child());
        }
        if (!Operators.orderable(key.type())) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    "sqlExpr",
                    quoted(
                            key.text()
                                    + (item.ascending() ? " ASC NULLS FIRST" : " DESC NULLS LAST")),
                    "functionName",
                    Conditions.id("sortorder"),
                    "dataType",
                    quoted(key.type().sql()));
        }
        return FunctionAnalyzer.sortOrder(key.expression(), item);
    }

    LogicalPlan all(ParsedPlan.OrderByAll order) {
        LogicalPlan child = query.analyze(order.child());
        List<SortOrder> orders = new ArrayList<>();
        for (Attribute column : child.output()) {
            boolean nullsFirst =
                    order.nullsFirst() == null ? order.ascending() : order.nullsFirst();
            orders.add(new SortOrder(column, order.ascending(), nullsFirst));
        }
        return orders.isEmpty() ? child : new Sort(child, orders, true);
    }

    LogicalPlan repartition(ParsedPlan.RepartitionBy repartition) {
        LogicalPlan child = query.analyze(repartition.child());
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = query.expressions(child, extraction);
        List<SortOrder> by = new ArrayList<>();
        for (ParsedExpression expression : repartition.by()) {
            ParsedExpression plain = Stars.unlocated(expression);
            ParsedExpression.SortItem item =
                    plain instanceof ParsedExpression.SortItem sort
                            ? sort
                            : new ParsedExpression.SortItem(expression, true, null);
            by.add(FunctionAnalyzer.sortOrder(analyzer.resolve(item.child()).expression(), item));
        }
        return new Repartition(child, repartition.kind(), by, repartition.partitions());
    }
}
