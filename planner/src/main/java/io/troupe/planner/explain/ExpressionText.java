package io.troupe.planner.explain;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.type.AtomicType;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Resolved expressions as text, columns with their ids: `(a#3 + 1)`.
public final class ExpressionText {
    private static final Set<String> INFIX =
            Set.of(
                    "+", "-", "*", "/", "%", "=", "<=>", "<", "<=", ">", ">=", "<>", "and", "or",
                    "div", "||", "&", "|", "^");

    private ExpressionText() {}

    public static String of(Expression expression) {
        return switch (expression) {
            case Literal literal -> literal(literal);
            case Attribute attribute -> attribute.name() + "#" + attribute.id();
            case OuterReference outer -> "outer(" + of(outer.attribute()) + ")";
            case Call call when INFIX.contains(call.function()) && call.arguments().size() == 2 ->
                    "("
                            + of(call.argument(0))
                            + " "
                            + call.function().toUpperCase(Locale.ROOT)
                            + " "
                            + of(call.argument(1))
                            + ")";
            case Call call when call.is("not") -> "NOT " + of(call.argument(0));
            case Call call when call.is("in") ->
                    of(call.argument(0))
                            + " IN ("
                            + list(call.arguments().subList(1, call.arguments().size()))
                            + ")";
            case Call call -> call.function() + "(" + list(call.arguments()) + ")";
            case Cast cast ->
                    (cast.mode() == Cast.Mode.TRY ? "try_cast(" : "cast(")
                            + of(cast.child())
                            + " as "
                            + cast.type().simpleString()
                            + ")";
            case CaseWhen caseWhen ->
                    caseWhen.branches().stream()
                            .map(branch ->
                                    " WHEN "
                                            + of(branch.condition())
                                            + " THEN "
                                            + of(branch.value()))
                            .collect(
                                    Collectors.joining(
                                            "",
                                            "CASE",
                                            " ELSE " + of(caseWhen.otherwise()) + " END"));
            case Lambda lambda ->
                    lambda.parameters().stream()
                                    .map(ExpressionText::of)
                                    .collect(Collectors.joining(", ", "(", ")"))
                            + " -> "
                            + of(lambda.body());
            case LambdaVariable variable -> variable.name();
            case PythonCall python ->
                    python.function().name() + "(" + list(python.arguments()) + ")";
            case Subquery subquery ->
                    switch (subquery.kind()) {
                        case SCALAR -> "scalar-subquery(…)";
                        case EXISTS -> "exists(…)";
                        case IN -> list(subquery.values()) + " IN (…)";
                    };
        };
    }

    private static String literal(Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "null";
        }
        if (literal.type() == AtomicType.DATE) {
            return LocalDate.ofEpochDay((Integer) value).toString();
        }
        return value instanceof byte[] bytes
                ? "X'" + java.util.HexFormat.of().formatHex(bytes) + "'"
                : value.toString();
    }

    public static String list(List<? extends Expression> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    static String named(List<Named> columns) {
        return columns.stream()
                .map(column ->
                        column.isPassThrough()
                                ? of(column.output())
                                : of(column.expression()) + " AS " + of(column.output()))
                .collect(Collectors.joining(", "));
    }

    static String orders(List<SortOrder> orders) {
        return orders.stream()
                .map(order ->
                        of(order.expression())
                                + (order.ascending() ? " ASC" : " DESC")
                                + (order.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", "));
    }

    static String aggregate(AggregateCall call) {
        String arguments =
                call.arguments().isEmpty() && call.function().equals("count")
                        ? "1"
                        : list(call.arguments());
        String text =
                call.function() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")";
        return call.filter() == null ? text : text + " FILTER (WHERE " + of(call.filter()) + ")";
    }
}
