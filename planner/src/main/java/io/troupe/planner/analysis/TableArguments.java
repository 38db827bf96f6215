package io.troupe.planner.analysis;

import io.troupe.planner.catalog.TableFunctionResult;
import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.SortItem;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;

/// Arranges the rows of a table argument: partitions of equal keys stand together in one task, in
/// the wanted order; or all rows come to one task.
final class TableArguments {
    /// The arranged rows, the columns that the function sees, and its partition keys.
    record Arranged(LogicalPlan plan, List<Attribute> columns, List<Attribute> keys) {}

    private final QueryAnalyzer query;
    private final PythonFunction function;

    TableArguments(QueryAnalyzer query, PythonFunction function) {
        this.query = query;
        this.function = function;
    }

    Arranged arrange(
            ParsedPlan.TableArgument argument, LogicalPlan table, TableFunctionResult analysis) {
        boolean asked = argument.singlePartition() || !argument.partitionBy().isEmpty();
        if (analysis != null && (analysis.singlePartition() || !analysis.partitionBy().isEmpty())) {
            checkCompatible(argument, analysis, asked);
            List<ParsedExpression> by =
                    analysis.partitionBy().stream().map(query.context().sql()::expression).toList();
            return arranged(table, by, analysis.singlePartition(), orders(analysis), analysis);
        }
        if (analysis != null && !analysis.orderBy().isEmpty() && !asked) {
            throw invalid(
                    "the 'orderBy' field is non-empty, but the 'withSinglePartition' field is false and 'partitionBy' is empty");
        }
        return arranged(
                table,
                argument.partitionBy(),
                argument.singlePartition(),
                argument.orderBy(),
                analysis);
    }

    private void checkCompatible(
            ParsedPlan.TableArgument argument, TableFunctionResult analysis, boolean asked) {
        if (analysis.singlePartition() && !analysis.partitionBy().isEmpty()) {
            throw invalid(
                    "the 'with single partition' property cannot be true if the 'partition by' list is non-empty");
        }
        if (asked || !argument.orderBy().isEmpty()) {
            throw Conditions.analysis(
                    "TABLE_VALUED_FUNCTION_REQUIRED_METADATA_INCOMPATIBLE_WITH_CALL",
                    "functionName",
                    Conditions.id(function.name()),
                    "requestedMetadata",
                    "specified its own required partitioning of the input table",
                    "invalidFunctionCallProperty",
                    "specified its own WITH SINGLE PARTITION, PARTITION BY or ORDER BY clause over the input table");
        }
    }

    private RuntimeException invalid(String reason) {
        return Conditions.analysis(
                "TABLE_VALUED_FUNCTION_REQUIRED_METADATA_INVALID",
                "functionName",
                Conditions.id(function.name()),
                "reason",
                reason);
    }

    private List<SortItem> orders(TableFunctionResult analysis) {
        List<SortItem> orders = new ArrayList<>();
        for (TableFunctionResult.Order order : analysis.orderBy()) {
            ParsedExpression parsed = query.context().sql().expression(order.expression());
            if (Stars.unlocated(parsed) instanceof ParsedExpression.Alias named) {
                throw Conditions.analysis(
                        "UDTF_INVALID_ALIAS_IN_REQUESTED_ORDERING_STRING_FROM_ANALYZE_METHOD",
                        "aliasName",
                        String.join(", ", named.names()));
            }
            orders.add(new SortItem(parsed, order.ascending(), order.nullsFirst()));
        }
        return orders;
    }

    private Arranged arranged(
            LogicalPlan table,
            List<ParsedExpression> by,
            boolean single,
            List<SortItem> orderBy,
            TableFunctionResult analysis) {
        ExpressionAnalyzer analyzer = query.expressions(table, query.extraction());
        List<Named> columns = new ArrayList<>(table.output().stream().map(Named::of).toList());
        List<Attribute> keys = new ArrayList<>();
        by.forEach(key -> keys.add(column(analyzer.resolve(key).expression(), columns)));
        List<SortOrder> orders = new ArrayList<>();
        keys.forEach(key -> orders.add(new SortOrder(key, true, true)));
        for (SortItem item : orderBy) {
            Expression value = analyzer.resolve(item.child()).expression();
            orders.add(FunctionAnalyzer.sortOrder(column(value, columns), item));
        }
        List<Attribute> seen = seen(table, analyzer, columns, analysis);
        LogicalPlan plan =
                columns.size() == table.output().size() ? table : new Project(table, columns);
        if (!keys.isEmpty()) {
            List<SortOrder> hashed = orders.subList(0, keys.size());
            plan = new Repartition(plan, Repartition.Kind.HASH, hashed, 0);
        } else if (single) {
            plan = new Repartition(plan, Repartition.Kind.COALESCE, List.of(), 1);
        }
        if (!orders.isEmpty()) {
            plan = new Sort(plan, orders, false);
        }
        return new Arranged(plan, seen, keys);
    }

    private List<Attribute> seen(
            LogicalPlan table,
            ExpressionAnalyzer analyzer,
            List<Named> columns,
            TableFunctionResult analysis) {
        if (analysis == null || analysis.select().isEmpty()) {
            return table.output();
        }
        List<Attribute> seen = new ArrayList<>();
        for (TableFunctionResult.Selected selected : analysis.select()) {
            Expression value =
                    analyzer.resolve(query.context().sql().expression(selected.expression()))
                            .expression();
            if (selected.alias().isEmpty() && !(value instanceof Attribute)) {
                throw Conditions.analysis(
                        "UDTF_INVALID_REQUESTED_SELECTED_EXPRESSION_FROM_ANALYZE_METHOD_REQUIRES_ALIAS",
                        "expression",
                        selected.expression());
            }
            String name =
                    selected.alias().isEmpty() ? ((Attribute) value).name() : selected.alias();
            Attribute named = query.ids().attribute(name, value.type(), value.nullable());
            columns.add(new Named(named, value));
            seen.add(named);
        }
        return seen;
    }

    private Attribute column(Expression value, List<Named> columns) {
        if (value instanceof Attribute attribute) {
            return attribute;
        }
        Attribute made = query.ids().attribute("partition_by", value.type(), value.nullable());
        columns.add(new Named(made, value));
        return made;
    }
}
