package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// UNPIVOT and melt: one row per value column (or per group of them), with its name.
final class UnpivotAnalyzer {
    private record Row(List<Typed> columns, String name) {}

    private final QueryAnalyzer query;

    UnpivotAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.Unpivot unpivot) {
        LogicalPlan child = query.analyze(unpivot.child());
        ExpressionAnalyzer analyzer = query.expressions(child, query.extraction());
        List<Typed> ids = unpivot.ids() == null ? null : items(unpivot.ids(), analyzer);
        List<Row> rows =
                unpivot.values() == null ? otherColumns(child, ids) : rows(unpivot, analyzer);
        if (rows.isEmpty()) {
            throw Conditions.analysis("UNPIVOT_REQUIRES_VALUE_COLUMNS");
        }
        if (ids == null) {
            List<Expression> used = new ArrayList<>();
            rows.forEach(row ->
                    row.columns()
                            .forEach(column ->
                                    used.addAll(Expressions.references(column.expression()))));
            ids =
                    child.output().stream()
                            .filter(column -> !used.contains(column))
                            .map(column -> new Typed(column, column.name()))
                            .toList();
        }
        return build(unpivot, child, ids, rows);
    }

    private static List<Typed> items(List<ParsedExpression> parsed, ExpressionAnalyzer analyzer) {
        return Stars.expand(parsed, analyzer).stream()
                .map(item -> new Typed(item.value().expression(), item.name()))
                .toList();
    }

    private static List<Row> otherColumns(LogicalPlan child, List<Typed> ids) {
        List<Expression> taken =
                ids == null ? List.of() : ids.stream().map(Typed::expression).toList();
        return child.output().stream()
                .filter(column -> !taken.contains(column))
                .map(column -> new Row(List.of(new Typed(column, column.name())), column.name()))
                .toList();
    }

    private static List<Row> rows(ParsedPlan.Unpivot unpivot, ExpressionAnalyzer analyzer) {
        List<Row> rows = new ArrayList<>();
        for (ParsedPlan.UnpivotValue value : unpivot.values()) {
            List<Typed> columns = items(value.columns(), analyzer);
            if (value.columns().size() == 1 && columns.size() > 1) {
                columns.forEach(column -> rows.add(new Row(List.of(column), column.text())));
                continue;
            }
            String name =
                    value.alias() != null
                            ? value.alias()
                            : columns.stream().map(Typed::text).collect(Collectors.joining("_"));
            rows.add(new Row(columns, name));
        }
        return rows;
    }

    private LogicalPlan build(
            ParsedPlan.Unpivot unpivot, LogicalPlan child, List<Typed> ids, List<Row> rows) {
        int width = unpivot.valueNames().size();
        if (rows.stream().anyMatch(row -> row.columns().size() != width)) {
            throw Conditions.analysis(
                    "UNPIVOT_VALUE_SIZE_MISMATCH",
                    "names",
                    unpivot.valueNames().stream()
                            .map(Conditions::id)
                            .collect(Collectors.joining(", ")));
        }
        List<Attribute> output = new ArrayList<>();
        for (Typed column : ids) {
            output.add(
                    column.expression() instanceof Attribute attribute
                            ? query.ids().copy(attribute)
                            : query.ids()
                                    .attribute(column.text(), column.type(), column.nullable()));
        }
        output.add(query.ids().attribute(unpivot.variableName(), StringType.STRING, false));
        List<Attribute> values = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int position = i;
            List<Typed> column = rows.stream().map(row -> row.columns().get(position)).toList();
            boolean nullable = column.stream().anyMatch(Typed::nullable);
            values.add(query.ids().attribute(unpivot.valueNames().get(i), type(column), nullable));
        }
        output.addAll(values);
        List<List<Expression>> projections = new ArrayList<>();
        for (Row row : rows) {
            List<Expression> projection =
                    new ArrayList<>(ids.stream().map(Typed::expression).toList());
            projection.add(Literal.of(row.name()));
            for (int i = 0; i < width; i++) {
                projection.add(
                        Coercion.cast(
                                row.columns().get(i).expression(),
                                values.get(i).type(),
                                query.dialect()));
            }
            projections.add(projection);
        }
        LogicalPlan expanded = new Expand(child, projections, output);
        if (unpivot.includeNulls()) {
            return expanded;
        }
        List<Expression> present =
                values.stream().map(value -> (Expression) Expressions.isNotNull(value)).toList();
        return new Filter(expanded, Expressions.disjunction(present));
    }

    private DataType type(List<Typed> column) {
        DataType type =
                Coercion.wider(column.stream().map(Typed::type).toList(), query.dialect().ansi());
        if (type == null) {
            throw Conditions.analysis(
                    "UNPIVOT_VALUE_DATA_TYPE_MISMATCH",
                    "types",
                    column.stream()
                            .map(one -> quoted(one.type().sql()) + " (" + id(one.text()) + ")")
                            .collect(Collectors.joining(", ")));
        }
        return type;
    }
}
