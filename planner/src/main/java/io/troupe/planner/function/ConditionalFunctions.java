package io.troupe.planner.function;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Null handling, IF, CASE, IN, BETWEEN, LIKE's kin, least and greatest.
public final class ConditionalFunctions {
    private ConditionalFunctions() {}

    @SuppressWarnings("checkstyle:MethodLength")
    static void register(ScalarTable table) {
        table.add("isnull")
                .in(Accept.ANY)
                .out(AtomicType.BOOLEAN)
                .notNull()
                .shown(a -> "(" + a.getFirst() + " IS NULL)");
        table.add("isnotnull")
                .in(Accept.ANY)
                .out(AtomicType.BOOLEAN)
                .notNull()
                .shown(a -> "(" + a.getFirst() + " IS NOT NULL)");
        table.add("isnan")
                .in(Accept.anyOf(Accept.DOUBLE, Accept.exactly(AtomicType.FLOAT)))
                .out(AtomicType.BOOLEAN)
                .notNull();
        table.add("nanvl")
                .in(
                        Accept.anyOf(Accept.DOUBLE, Accept.exactly(AtomicType.FLOAT)),
                        Accept.anyOf(Accept.DOUBLE, Accept.exactly(AtomicType.FLOAT)))
                .common()
                .out((a, _) -> a.getFirst().type());
        table.add(
                "coalesce",
                1,
                ScalarTable.ANY_COUNT,
                (a, dialect) -> coalesce("coalesce", a, a, dialect));
        for (String name : List.of("nvl", "ifnull")) {
            table.add(name, 2, 2, (a, dialect) -> coalesce(name, a, a, dialect));
        }
        table.add(
                "zeroifnull",
                1,
                1,
                (a, dialect) ->
                        coalesce("zeroifnull", a, List.of(a.getFirst(), integer(0)), dialect));
        table.add(
                "nvl2",
                3,
                3,
                (a, dialect) -> {
                    Typed value =
                            choose(
                                    Expressions.isNotNull(a.get(0).expression()),
                                    a.get(1),
                                    a.get(2),
                                    call("nvl2", a),
                                    dialect);
                    return new Typed(value.expression(), call("nvl2", a));
                });
        table.add(
                "nullif",
                2,
                2,
                (a, dialect) -> nullIf(a.get(0), a.get(1), call("nullif", a), dialect));
        table.add(
                "nullifzero",
                1,
                1,
                (a, dialect) -> nullIf(a.get(0), integer(0), call("nullifzero", a), dialect));
        table.add(
                "if",
                3,
                3,
                (a, dialect) -> {
                    String text =
                            "(IF("
                                    + a.get(0).text()
                                    + ", "
                                    + a.get(1).text()
                                    + ", "
                                    + a.get(2).text()
                                    + "))";
                    DataType target = Accept.BOOLEAN.target(a.getFirst().type(), dialect.ansi());
                    if (target == null) {
                        throw FunctionErrors.wrongInput(text, 0, "\"BOOLEAN\"", a.getFirst());
                    }
                    return choose(
                            Coercion.cast(a.getFirst().expression(), target, dialect),
                            a.get(1),
                            a.get(2),
                            text,
                            dialect);
                });
        table.add(
                "between",
                3,
                3,
                (a, dialect) -> {
                    Typed low = Operators.compare(">=", a.get(0), a.get(1), dialect);
                    Typed high = Operators.compare("<=", a.get(0), a.get(2), dialect);
                    return new Typed(
                            Expressions.booleanCall("and", low.expression(), high.expression()),
                            call("between", a));
                });
        table.add("in", 1, ScalarTable.ANY_COUNT, (a, dialect) -> in(a, dialect));
        for (String name : List.of("greatest", "least")) {
            table.add(name, 2, ScalarTable.ANY_COUNT, (a, dialect) -> extreme(name, a, dialect));
        }
    }

    static Typed integer(int value) {
        return new Typed(Literal.of(value), Integer.toString(value));
    }

    static String call(String name, List<Typed> arguments) {
        return name
                + arguments.stream().map(Typed::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static DataType common(String name, String text, List<Typed> values, Dialect dialect) {
        List<DataType> types = values.stream().map(Typed::type).toList();
        DataType type = Coercion.wider(types, dialect.ansi());
        if (type == null) {
            throw FunctionErrors.differentTypes(text, name, types);
        }
        return type;
    }

    private static Typed coalesce(
            String name, List<Typed> shown, List<Typed> values, Dialect dialect) {
        String text = call(name, shown);
        DataType type = common("coalesce", text, values, dialect);
        List<Expression> converted =
                values.stream()
                        .map(value -> Coercion.cast(value.expression(), type, dialect))
                        .toList();
        boolean nullable = converted.stream().allMatch(Expression::nullable);
        return new Typed(new Call("coalesce", converted, type, nullable), text);
    }

    private static Typed choose(
            Expression condition, Typed yes, Typed no, String text, Dialect dialect) {
        DataType type = common("if", text, List.of(yes, no), dialect);
        Expression a = Coercion.cast(yes.expression(), type, dialect);
        Expression b = Coercion.cast(no.expression(), type, dialect);
        return new Typed(
                new Call("if", List.of(condition, a, b), type, a.nullable() || b.nullable()), text);
    }

    private static Typed nullIf(Typed value, Typed other, String text, Dialect dialect) {
        Typed equal = Operators.compare("=", value, other, dialect);
        Expression result =
                new Call(
                        "if",
                        List.of(
                                equal.expression(),
                                Literal.ofNull(value.type()),
                                value.expression()),
                        value.type(),
                        true);
        return new Typed(result, text);
    }

    private static Typed in(List<Typed> a, Dialect dialect) {
        String items = a.stream().skip(1).map(Typed::text).collect(Collectors.joining(", "));
        String text = "(" + a.getFirst().text() + " IN (" + items + "))";
        List<DataType> types = a.stream().map(Typed::type).toList();
        DataType type = commonForIn(a, dialect);
        if (type == null) {
            throw FunctionErrors.differentTypes(text, "in", types);
        }
        List<Expression> converted =
                a.stream().map(item -> Coercion.cast(item.expression(), type, dialect)).toList();
        boolean nullable = converted.stream().anyMatch(Expression::nullable);
        return new Typed(new Call("in", converted, AtomicType.BOOLEAN, nullable), text);
    }

    private static DataType commonForIn(List<Typed> a, Dialect dialect) {
        DataType first = a.getFirst().type();
        return Coercion.wider(
                a.stream().map(item -> Coercion.named(item.type(), first)).toList(),
                dialect.ansi());
    }

    private static Typed extreme(String name, List<Typed> a, Dialect dialect) {
        String text = call(name, a);
        DataType type = common(name, text, a, dialect);
        if (!Operators.orderable(type)) {
            throw FunctionErrors.notOrderable(text, name, type);
        }
        List<Expression> converted =
                a.stream().map(item -> Coercion.cast(item.expression(), type, dialect)).toList();
        return new Typed(
                new Call(name, converted, type, converted.stream().allMatch(Expression::nullable)),
                text);
    }

    /// Searched CASE; `otherwise` is null when absent.
    public static Typed caseWhen(
            List<Typed> conditions, List<Typed> values, Typed otherwise, Dialect dialect) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i < conditions.size(); i++) {
            text.append(" WHEN ")
                    .append(conditions.get(i).text())
                    .append(" THEN ")
                    .append(values.get(i).text());
        }
        text.append(otherwise == null ? "" : " ELSE " + otherwise.text()).append(" END");
        List<Typed> all = new ArrayList<>(values);
        if (otherwise != null) {
            all.add(otherwise);
        }
        DataType type = common("casewhen", text.toString(), all, dialect);
        List<CaseWhen.Branch> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Typed condition = conditions.get(i);
            DataType target = Accept.BOOLEAN.target(condition.type(), dialect.ansi());
            if (target == null || condition.type() instanceof StringType) {
                throw FunctionErrors.wrongInput(text.toString(), i, "\"BOOLEAN\"", condition);
            }
            branches.add(
                    new CaseWhen.Branch(
                            Coercion.cast(condition.expression(), target, dialect),
                            Coercion.cast(values.get(i).expression(), type, dialect)));
        }
        Expression last =
                otherwise == null
                        ? Literal.ofNull(type)
                        : Coercion.cast(otherwise.expression(), type, dialect);
        return new Typed(new CaseWhen(branches, last, type), text.toString());
    }
}
