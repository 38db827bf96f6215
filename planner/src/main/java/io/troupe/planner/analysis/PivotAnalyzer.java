package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Casts;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// PIVOT: one aggregate per value, each over the rows whose pivot column has that value.
final class PivotAnalyzer {
    private final QueryAnalyzer query;

    PivotAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.Pivot pivot) {
        if (pivot.values() == null) {
            throw new IllegalStateException(
                    "the values of the pivot column must be found before the pivot is analysed");
        }
        LogicalPlan child = query.analyze(pivot.child());
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = query.expressions(child, extraction);
        List<SelectItem> aggregates = Stars.expand(pivot.aggregates(), analyzer);
        for (SelectItem item : aggregates) {
            boolean aggregated =
                    Expressions.references(item.value().expression()).stream()
                            .anyMatch(read ->
                                    extraction.aggregates().stream()
                                            .anyMatch(known -> known.output().equals(read)));
            if (!aggregated) {
                throw Conditions.analysis(
                        "PIVOT_AGGREGATE_EXPRESSION_NOT_FOUND",
                        "sqlExpr",
                        quoted(item.value().text()));
            }
        }
        List<Typed> columns = analyzer.resolveAll(pivot.columns());
        List<SelectItem> groupings =
                pivot.implicitGroupings()
                        ? implicit(child, columns, extraction)
                        : Stars.expand(pivot.groupings(), analyzer);
        return build(
                extraction.withTimeWindows(child, query.dialect()),
                groupings,
                columns,
                values(pivot, columns),
                aggregates,
                extraction);
    }

    private static List<SelectItem> implicit(
            LogicalPlan child, List<Typed> columns, Extraction extraction) {
        Set<Attribute> used = new HashSet<>();
        columns.forEach(column -> used.addAll(Expressions.references(column.expression())));
        extraction
                .aggregates()
                .forEach(known -> {
                    used.addAll(Expressions.references(known.call().arguments()));
                    if (known.call().filter() != null) {
                        used.addAll(Expressions.references(known.call().filter()));
                    }
                });
        return child.output().stream()
                .filter(column -> !used.contains(column))
                .map(column ->
                        new SelectItem(
                                column.name(),
                                new Typed(column, column.name()),
                                column.metadata(),
                                false,
                                true))
                .toList();
    }

    /// One value (a tuple when there are several pivot columns) and the name of its columns.
    private record Value(List<Typed> parts, String name) {}

    private List<Value> values(ParsedPlan.Pivot pivot, List<Typed> columns) {
        ExpressionAnalyzer constants =
                new ExpressionAnalyzer(query, Scope.empty(null), query.extraction());
        List<Value> values = new ArrayList<>();
        for (ParsedExpression parsed : pivot.values()) {
            ParsedExpression plain = Stars.unlocated(parsed);
            String alias =
                    plain instanceof ParsedExpression.Alias named ? named.names().getFirst() : null;
            ParsedExpression body =
                    plain instanceof ParsedExpression.Alias named
                            ? Stars.unlocated(named.child())
                            : plain;
            List<Typed> parts = new ArrayList<>();
            if (columns.size() > 1 && body instanceof ParsedExpression.Function tuple) {
                tuple.arguments()
                        .forEach(part ->
                                parts.add(constants.resolve(GroupingAnalyzer.withoutAlias(part))));
            } else {
                parts.add(constants.resolve(body));
            }
            for (int i = 0; i < parts.size(); i++) {
                checkType(parts.get(i), columns.get(Math.min(i, columns.size() - 1)));
            }
            String name = alias;
            if (name == null) {
                List<String> texts = parts.stream().map(PivotAnalyzer::valueName).toList();
                name = texts.size() == 1 ? texts.getFirst() : "{" + String.join(", ", texts) + "}";
            }
            values.add(new Value(parts, name));
        }
        return values;
    }

    private static String valueName(Typed value) {
        String text = value.text();
        int quote = text.indexOf('\'');
        boolean typed = quote > 0 && text.matches("(DATE|TIMESTAMP|TIMESTAMP_NTZ|TIME) '.*'");
        return typed
                ? text.substring(quote + 1, text.length() - 1)
                : text.equals("NULL") ? "null" : text;
    }

    private void checkType(Typed value, Typed column) {
        if (!Casts.ansi(value.type(), column.type())
                || Coercion.wider(value.type(), column.type(), true) == null) {
            throw Conditions.analysis(
                    "PIVOT_VALUE_DATA_TYPE_MISMATCH",
                    "value",
                    value.text(),
                    "valueType",
                    value.type().simpleString(),
                    "pivotType",
                    column.type().simpleString());
        }
    }

    private LogicalPlan build(
            LogicalPlan child,
            List<SelectItem> groupings,
            List<Typed> columns,
            List<Value> values,
            List<SelectItem> items,
            Extraction extraction) {
        List<Named> keys = SelectAnalyzer.columns(groupings, query.ids());
        List<Aggregate> calls = new ArrayList<>();
        List<Named> output = new ArrayList<>();
        keys.forEach(key -> output.add(Named.of(key.output())));
        for (Value value : values) {
            Expression matches = matches(columns, value);
            Map<Attribute, Expression> own = new LinkedHashMap<>();
            for (Aggregate aggregate : extraction.aggregates()) {
                AggregateCall call = aggregate.call();
                Expression filter =
                        call.filter() == null
                                ? matches
                                : Expressions.booleanCall("and", matches, call.filter());
                Attribute result =
                        query.ids()
                                .attribute(aggregate.output().name(), call.type(), call.nullable());
                calls.add(
                        new Aggregate(
                                result,
                                new AggregateCall(
                                        call.function(),
                                        call.arguments(),
                                        call.distinct(),
                                        filter,
                                        call.order(),
                                        call.type(),
                                        call.nullable(),
                                        call.python())));
                own.put(aggregate.output(), count(call, result));
            }
            for (SelectItem item : items) {
                String name = items.size() == 1 ? value.name() : value.name() + "_" + item.name();
                Expression result = Expressions.substitute(item.value().expression(), own);
                output.add(new Named(query.ids().attribute(name, result.type(), true), result));
            }
        }
        return new Project(new Aggregation(child, keys, calls), output);
    }

    /// A count over no rows of a value is null, as with every other aggregate.
    private static Expression count(AggregateCall call, Attribute result) {
        if (!call.function().equals("count")) {
            return result;
        }
        Expression none =
                new io.troupe.planner.expression.Call(
                        "=",
                        List.of(result, io.troupe.planner.expression.Literal.of(0L)),
                        io.troupe.planner.type.AtomicType.BOOLEAN,
                        false);
        return new io.troupe.planner.expression.Call(
                "if",
                List.of(none, io.troupe.planner.expression.Literal.ofNull(call.type()), result),
                call.type(),
                true);
    }

    private Expression matches(List<Typed> columns, Value value) {
        Expression all = null;
        for (int i = 0; i < value.parts().size(); i++) {
            Typed column = columns.get(Math.min(i, columns.size() - 1));
            Expression equal =
                    Functions.scalar("<=>")
                            .bind(List.of(column, value.parts().get(i)), query.dialect())
                            .expression();
            all = all == null ? equal : Expressions.booleanCall("and", all, equal);
        }
        return all;
    }
}
