package io.troupe.planner.function;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The aggregate functions.
public final class Aggregates {
    interface ResultType {
        DataType of(List<Expression> arguments);
    }

    static final Accept NUMBER_OR_INTERVAL = Accept.anyOf(Accept.NUMERIC, Accept.ANSI_INTERVAL);

    final Map<String, AggregateRule> rules = new LinkedHashMap<>();

    static Map<String, AggregateRule> rules() {
        Aggregates table = new Aggregates();
        table.counting();
        table.sums();
        table.extremes();
        table.values();
        table.moments();
        CollectingAggregates.register(table);
        table.bits();
        return table.rules;
    }

    record Rule(
            String name,
            String canonical,
            String display,
            List<Accept> required,
            List<Accept> optional,
            List<Object> defaults,
            ResultType type,
            boolean nullable)
            implements AggregateRule {
        @Override
        public Bound bind(List<Typed> arguments, Dialect dialect) {
            int count = arguments.size();
            int maximum = required.size() + optional.size();
            if (count < required.size() || count > maximum) {
                throw FunctionErrors.wrongCount(name, counts(required.size(), maximum), count);
            }
            List<Expression> converted = new ArrayList<>();
            List<String> texts = new ArrayList<>(arguments.stream().map(Typed::text).toList());
            for (int i = count - required.size(); i < defaults.size(); i++) {
                texts.add(String.valueOf(defaults.get(i)));
            }
            String call = display + "(" + String.join(", ", texts) + ")";
            for (int i = 0; i < count; i++) {
                Typed argument = arguments.get(i);
                Accept accept =
                        i < required.size() ? required.get(i) : optional.get(i - required.size());
                DataType target = accept.target(argument.type(), dialect.ansi());
                if (target == null) {
                    throw FunctionErrors.wrongInput(call, i, plain(accept), argument);
                }
                converted.add(Coercion.cast(argument.expression(), target, dialect));
            }
            return new Bound(
                    canonical, display, converted, texts, type.of(converted), nullable, null);
        }

        /// SUM and AVG name their alternatives without parentheses.
        private String plain(Accept accept) {
            String text = accept.text();
            return accept == NUMBER_OR_INTERVAL ? text.substring(1, text.length() - 1) : text;
        }
    }

    static String counts(int minimum, int maximum) {
        if (minimum == maximum) {
            return Integer.toString(minimum);
        }
        return java.util.stream.IntStream.rangeClosed(minimum, maximum).boxed().toList().toString();
    }

    void add(
            String name,
            String canonical,
            String display,
            List<Accept> required,
            ResultType type,
            boolean nullable) {
        rules.put(
                name,
                new Rule(name, canonical, display, required, List.of(), List.of(), type, nullable));
    }

    void add(String name, String canonical, List<Accept> required, ResultType type) {
        add(name, canonical, name, required, type, true);
    }

    void add(
            String name,
            String canonical,
            List<Accept> required,
            List<Accept> optional,
            List<Object> defaults,
            ResultType type) {
        rules.put(name, new Rule(name, canonical, name, required, optional, defaults, type, true));
    }

    static DataType first(List<Expression> arguments) {
        return arguments.getFirst().type();
    }

    private static final class Code implements AggregateRule {
        private final String name;
        private final java.util.function.BiFunction<List<Typed>, Dialect, Bound> body;

        Code(String name, java.util.function.BiFunction<List<Typed>, Dialect, Bound> body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Bound bind(List<Typed> arguments, Dialect dialect) {
            return body.apply(arguments, dialect);
        }
    }

    void code(
            String name,
            java.util.function.BiFunction<List<Typed>, Dialect, AggregateRule.Bound> body) {
        rules.put(name, new Code(name, body));
    }

    static List<String> texts(List<Typed> arguments) {
        return arguments.stream().map(Typed::text).toList();
    }

    static List<Expression> expressions(List<Typed> arguments) {
        return arguments.stream().map(Typed::expression).toList();
    }

    private void counting() {
        code(
                "count",
                (a, _) -> {
                    if (a.isEmpty()) {
                        throw FunctionErrors.wrongCount("count", "> 0", 0);
                    }
                    boolean all =
                            a.size() == 1
                                    && a.getFirst().expression() instanceof Literal literal
                                    && literal.value() != null;
                    List<Expression> arguments = all ? List.of() : expressions(a);
                    return new AggregateRule.Bound(
                            "count", "count", arguments, texts(a), AtomicType.LONG, false, null);
                });
        code(
                "count_if",
                (a, dialect) -> {
                    if (a.size() != 1) {
                        throw FunctionErrors.wrongCount("count_if", "1", a.size());
                    }
                    Typed condition = a.getFirst();
                    DataType target = Accept.BOOLEAN.target(condition.type(), dialect.ansi());
                    if (target == null) {
                        throw FunctionErrors.wrongInput(
                                "count_if(" + condition.text() + ")", 0, "\"BOOLEAN\"", condition);
                    }
                    Expression filter = Coercion.cast(condition.expression(), target, dialect);
                    return new AggregateRule.Bound(
                            "count",
                            "count_if",
                            List.of(),
                            texts(a),
                            AtomicType.LONG,
                            false,
                            filter);
                });
        rules.put(
                "approx_count_distinct",
                new Rule(
                        "approx_count_distinct",
                        "approx_count_distinct",
                        "approx_count_distinct",
                        List.of(Accept.ANY),
                        List.of(Accept.DOUBLE),
                        List.of(),
                        _ -> AtomicType.LONG,
                        false));
        add(
                "regr_count",
                "regr_count",
                "regr_count",
                List.of(Accept.DOUBLE, Accept.DOUBLE),
                _ -> AtomicType.LONG,
                false);
    }

    private static DataType sum(List<Expression> arguments) {
        return switch (first(arguments)) {
            case DecimalType decimal -> Decimals.bounded(decimal.precision() + 10, decimal.scale());
            case DataType type -> type.isIntegral() ? AtomicType.LONG : interpolated(type);
        };
    }

    private static DataType average(List<Expression> arguments) {
        return first(arguments) instanceof DecimalType decimal
                ? Decimals.bounded(decimal.precision() + 4, decimal.scale() + 4)
                : interpolated(first(arguments));
    }

    private void sums() {
        List<Accept> one = List.of(NUMBER_OR_INTERVAL);
        add("sum", "sum", one, Aggregates::sum);
        add("try_sum", "try_sum", one, Aggregates::sum);
        add("avg", "avg", one, Aggregates::average);
        add("mean", "avg", one, Aggregates::average);
        add("try_avg", "try_avg", one, Aggregates::average);
        for (String name : List.of("vector_sum", "vector_avg")) {
            Accept floats = Accept.exactly(new ArrayType(AtomicType.FLOAT, true));
            add(name, name, List.of(floats), _ -> new ArrayType(AtomicType.FLOAT, true));
        }
        add("product", "product", List.of(Accept.DOUBLE), _ -> AtomicType.DOUBLE);
    }

    private void extremes() {
        for (String name : List.of("min", "max")) {
            code(
                    name,
                    (a, dialect) -> {
                        if (a.isEmpty() || a.size() > 1) {
                            throw FunctionErrors.wrongCount(name, "1", a.size());
                        }
                        checkOrder(
                                name, name + "(" + a.getFirst().text() + ")", a.getFirst().type());
                        return new AggregateRule.Bound(
                                name,
                                name,
                                expressions(a),
                                texts(a),
                                a.getFirst().type(),
                                true,
                                null);
                    });
        }
        for (String name : List.of("min_by", "max_by")) {
            code(
                    name,
                    (a, dialect) -> {
                        if (a.size() < 2 || a.size() > 3) {
                            throw FunctionErrors.wrongCount(name, "2", a.size());
                        }
                        checkOrder(
                                name,
                                name + "(" + a.get(0).text() + ", " + a.get(1).text() + ")",
                                a.get(1).type());
                        DataType type =
                                a.size() == 3
                                        ? new ArrayType(a.getFirst().type(), true)
                                        : a.getFirst().type();
                        return new AggregateRule.Bound(
                                name, name, expressions(a), texts(a), type, true, null);
                    });
        }
    }

    private void values() {
        value("first", "first", "first");
        value("first_value", "first", "first_value");
        value("last", "last", "last");
        value("last_value", "last", "last_value");
        value("any_value", "first", "any_value");
        List<Accept> condition = List.of(Accept.BOOLEAN);
        for (String name : List.of("bool_and", "every")) {
            add(name, "bool_and", condition, _ -> AtomicType.BOOLEAN);
        }
        for (String name : List.of("bool_or", "some", "any")) {
            add(name, "bool_or", condition, _ -> AtomicType.BOOLEAN);
        }
        code(
                "mode",
                (a, _) -> {
                    if (a.size() > 2) {
                        throw FunctionErrors.wrongCount("mode", "[0, 1, 2]", a.size());
                    }
                    List<Typed> shown =
                            a.size() == 2
                                            && a.get(1).expression() instanceof Literal flag
                                            && Boolean.FALSE.equals(flag.value())
                                    ? a.subList(0, 1)
                                    : a;
                    DataType type = a.isEmpty() ? AtomicType.VOID : a.getFirst().type();
                    return new AggregateRule.Bound(
                            "mode", "mode", expressions(shown), texts(shown), type, true, null);
                });
    }

    private static void checkOrder(String function, String call, DataType type) {
        if (!Operators.orderable(type)) {
            throw FunctionErrors.notOrderable(call, function, type);
        }
    }

    /// first, last: the optional second argument says whether nulls are skipped.
    private void value(String name, String canonical, String display) {
        code(
                name,
                (a, _) -> {
                    if (a.isEmpty() || a.size() > 2) {
                        throw FunctionErrors.wrongCount(name, "[1, 2]", a.size());
                    }
                    boolean ignore =
                            a.size() == 2
                                    && a.get(1).expression() instanceof Literal flag
                                    && Boolean.TRUE.equals(flag.value());
                    List<Expression> arguments =
                            ignore
                                    ? List.of(a.getFirst().expression(), Literal.TRUE)
                                    : List.of(a.getFirst().expression());
                    List<String> shown = texts(a.subList(0, 1));
                    return new AggregateRule.Bound(
                            canonical, display, arguments, shown, a.getFirst().type(), true, null);
                });
    }

    private void moments() {
        List<Accept> one = List.of(Accept.DOUBLE);
        List<Accept> two = List.of(Accept.DOUBLE, Accept.DOUBLE);
        ResultType real = _ -> AtomicType.DOUBLE;
        for (String name : List.of("stddev", "std", "stddev_samp")) {
            add(name, "stddev_samp", one, real);
        }
        for (String name : List.of("variance", "var_samp")) {
            add(name, "var_samp", one, real);
        }
        for (String name : List.of("stddev_pop", "var_pop", "skewness", "kurtosis")) {
            add(name, name, one, real);
        }
        for (String name :
                List.of(
                        "corr",
                        "covar_pop",
                        "covar_samp",
                        "regr_avgx",
                        "regr_avgy",
                        "regr_intercept",
                        "regr_r2",
                        "regr_slope",
                        "regr_sxx",
                        "regr_sxy",
                        "regr_syy")) {
            add(name, name, two, real);
        }
    }

    /// The type of a value between two others.
    public static DataType interpolated(DataType type) {
        return switch (type) {
            case YearMonthIntervalType _ -> YearMonthIntervalType.DEFAULT;
            case DayTimeIntervalType _ -> DayTimeIntervalType.DEFAULT;
            default -> AtomicType.DOUBLE;
        };
    }

    private void bits() {
        for (String name : List.of("bit_and", "bit_or", "bit_xor")) {
            add(name, name, List.of(Accept.INTEGRAL), Aggregates::first);
        }
        ResultType bitmap = _ -> AtomicType.BINARY;
        for (String name : List.of("bitmap_construct_agg", "bitmap_or_agg", "bitmap_and_agg")) {
            Accept accept = name.startsWith("bitmap_construct") ? Accept.LONG : Accept.BINARY;
            add(name, name, name, List.of(accept), bitmap, false);
        }
    }
}
