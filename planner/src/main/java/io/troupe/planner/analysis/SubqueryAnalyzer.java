package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Operators;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Resolves queries nested in expressions; columns of the enclosing query become [OuterReference]s.
final class SubqueryAnalyzer {
    private final ExpressionAnalyzer analyzer;

    SubqueryAnalyzer(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    Typed resolve(ParsedExpression.SubqueryExpression subquery) {
        LogicalPlan plan =
                analyzer.query.nested(analyzer.scope.hoistingTo(analyzer)).analyze(subquery.plan());
        checkGroupings(plan);
        String references = references(plan);
        return switch (subquery.kind()) {
            case SCALAR -> {
                if (plan.output().size() != 1) {
                    throw Conditions.analysis(
                            "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                            "number",
                            Integer.toString(plan.output().size()));
                }
                yield new Typed(
                        new Subquery(Subquery.Kind.SCALAR, plan, List.of()),
                        "scalarsubquery(" + references + ")");
            }
            case EXISTS ->
                    new Typed(
                            new Subquery(Subquery.Kind.EXISTS, plan, List.of()),
                            "exists(" + references + ")");
            case IN -> in(analyzer.resolveAll(subquery.values()), plan, references);
        };
    }

    /// Groupings of a nested query are its own columns.
    private static void checkGroupings(LogicalPlan plan) {
        if (plan instanceof io.troupe.planner.logical.Aggregation aggregation) {
            for (Named grouping : aggregation.groupings()) {
                if (io.troupe.planner.expression.Expressions.hasOuterReference(
                        grouping.expression())) {
                    throw AnalysisErrors.unsupportedSubquery(
                            "CORRELATED_REFERENCE", "sqlExprs", quoted(grouping.output().name()));
                }
            }
        }
        plan.children().forEach(SubqueryAnalyzer::checkGroupings);
    }

    private Typed in(List<Typed> given, LogicalPlan plan, String references) {
        List<Typed> values = given;
        List<Attribute> columns = plan.output();
        String left = given.stream().map(Typed::text).collect(Collectors.joining(", "));
        String shown = given.size() == 1 ? left : "named_struct(" + names(given) + ")";
        String text = "(" + shown + " IN (listquery(" + references + ")))";
        if (values.size() != columns.size()) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                    "sqlExpr",
                    quoted(text),
                    "leftLength",
                    Integer.toString(values.size()),
                    "leftColumns",
                    values.stream()
                            .map(value -> quoted(value.text()))
                            .collect(Collectors.joining(", ")),
                    "rightLength",
                    Integer.toString(columns.size()),
                    "rightColumns",
                    columns.stream()
                            .map(column -> quoted(column.name()))
                            .collect(Collectors.joining(", ")));
        }
        List<Expression> converted = new ArrayList<>();
        List<Named> renewed = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < values.size(); i++) {
            Attribute column = columns.get(i);
            DataType type =
                    Operators.comparable(values.get(i).expression(), column, analyzer.dialect);
            if (type == null) {
                throw mismatch(text, values, columns, i);
            }
            converted.add(Coercion.cast(values.get(i).expression(), type, analyzer.dialect));
            Expression item = Coercion.cast(column, type, analyzer.dialect);
            changed |= item != column;
            renewed.add(
                    item == column
                            ? Named.of(column)
                            : new Named(
                                    analyzer.query
                                            .ids()
                                            .attribute(column.name(), type, item.nullable()),
                                    item));
        }
        return new Typed(
                new Subquery(
                        Subquery.Kind.IN, changed ? new Project(plan, renewed) : plan, converted),
                text);
    }

    private static String names(List<Typed> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            boolean named = values.get(i).expression() instanceof Attribute;
            parts.add(named ? values.get(i).text() : "col" + (i + 1));
            parts.add(values.get(i).text());
        }
        return String.join(", ", parts);
    }

    private static RuntimeException mismatch(
            String text, List<Typed> values, List<Attribute> columns, int index) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
                "sqlExpr",
                quoted(text),
                "mismatchedColumns",
                "(\""
                        + values.get(index).text()
                        + "\":\""
                        + values.get(index).type().sql()
                        + "\", \""
                        + columns.get(index).name()
                        + "\":\""
                        + columns.get(index).type().sql()
                        + "\")",
                "leftType",
                values.stream()
                        .map(value -> quoted(value.type().sql()))
                        .collect(Collectors.joining(", ")),
                "rightType",
                columns.stream()
                        .map(column -> quoted(column.type().sql()))
                        .collect(Collectors.joining(", ")));
    }

    /// The outer columns read, as Spark lists them in a subquery's text.
    private static String references(LogicalPlan plan) {
        Map<Attribute, Integer> references = new LinkedHashMap<>();
        PlanWalks.expressions(
                plan,
                expression -> {
                    if (expression instanceof OuterReference outer) {
                        references.merge(outer.attribute(), 1, Integer::sum);
                    }
                });
        List<String> names = new ArrayList<>();
        references.forEach(
                (column, uses) -> names.addAll(java.util.Collections.nCopies(uses, column.name())));
        return String.join(", ", names);
    }
}
