package io.troupe.planner.function;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// Aggregates that keep the values seen: lists, sets, quantiles, concatenated text.
final class CollectingAggregates {
    private CollectingAggregates() {}

    static void register(Aggregates table) {
        collecting(table);
        quantiles(table);
    }

    private static void quantiles(Aggregates table) {
        Accept fractions = Accept.anyOf(Accept.DOUBLE, Accept.arrayOf(Accept.DOUBLE));
        table.code(
                "percentile",
                (a, dialect) -> {
                    if (a.size() < 2 || a.size() > 3) {
                        throw FunctionErrors.wrongCount("percentile", "[2, 3]", a.size());
                    }
                    List<String> texts = new ArrayList<>(Aggregates.texts(a));
                    if (a.size() == 2) {
                        texts.add("1");
                    }
                    return percentile("percentile", a, texts, fractions, dialect);
                });
        table.code(
                "median",
                (a, dialect) -> {
                    if (a.size() != 1) {
                        throw FunctionErrors.wrongCount("median", "1", a.size());
                    }
                    Typed half = new Typed(new Literal(0.5, AtomicType.DOUBLE), "0.5");
                    return percentile(
                            "median",
                            List.of(a.getFirst(), half),
                            Aggregates.texts(a),
                            fractions,
                            dialect);
                });
        for (String name : List.of("percentile_cont", "percentile_disc")) {
            table.add(name, name, List.of(fractions), a -> Aggregates.first(a));
        }
        for (String name : List.of("percentile_approx", "approx_percentile")) {
            Accept value =
                    Accept.anyOf(
                            Accept.NUMERIC,
                            Accept.DATE,
                            Accept.TIMESTAMP,
                            Accept.TIMESTAMP_NTZ,
                            Accept.ANSI_INTERVAL);
            table.rules.put(
                    name,
                    new Aggregates.Rule(
                            name,
                            "percentile_approx",
                            name,
                            List.of(value, fractions),
                            List.of(Accept.LONG),
                            List.of(10000),
                            a ->
                                    a.get(1).type() instanceof ArrayType
                                            ? new ArrayType(Aggregates.first(a), false)
                                            : Aggregates.first(a),
                            true));
        }
    }

    private static AggregateRule.Bound percentile(
            String display, List<Typed> a, List<String> texts, Accept fractions, Dialect dialect) {
        String call = display + "(" + String.join(", ", texts) + ")";
        DataType value = Aggregates.NUMBER_OR_INTERVAL.target(a.getFirst().type(), dialect.ansi());
        DataType fraction = fractions.target(a.get(1).type(), dialect.ansi());
        if (value == null) {
            throw FunctionErrors.wrongInput(
                    call, 0, Aggregates.NUMBER_OR_INTERVAL.text(), a.getFirst());
        }
        if (fraction == null) {
            throw FunctionErrors.wrongInput(call, 1, "\"DOUBLE\"", a.get(1));
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(Coercion.cast(a.getFirst().expression(), value, dialect));
        arguments.add(Coercion.cast(a.get(1).expression(), fraction, dialect));
        if (a.size() == 3) {
            DataType frequency = Accept.INTEGRAL.target(a.get(2).type(), dialect.ansi());
            if (frequency == null) {
                throw FunctionErrors.wrongInput(call, 2, Accept.INTEGRAL.text(), a.get(2));
            }
            arguments.add(Coercion.cast(a.get(2).expression(), frequency, dialect));
        }
        DataType single = Aggregates.interpolated(value);
        DataType type = fraction instanceof ArrayType ? new ArrayType(single, false) : single;
        return new AggregateRule.Bound("percentile", display, arguments, texts, type, true, null);
    }

    private static void collecting(Aggregates table) {
        for (String name : List.of("collect_list", "array_agg", "collect_set")) {
            String canonical = name.equals("array_agg") ? "collect_list" : name;
            table.add(
                    name,
                    canonical,
                    canonical,
                    List.of(Accept.ANY),
                    a -> new ArrayType(Aggregates.first(a), false),
                    false);
        }
        for (String name : List.of("listagg", "string_agg")) {
            table.code(
                    name,
                    (a, dialect) -> {
                        if (a.isEmpty() || a.size() > 2) {
                            throw FunctionErrors.wrongCount(name, "[1, 2]", a.size());
                        }
                        DataType target =
                                Accept.STRING_OR_BINARY.target(a.getFirst().type(), dialect.ansi());
                        if (target == null) {
                            throw FunctionErrors.wrongInput(
                                    name + "(" + String.join(", ", Aggregates.texts(a)) + ")",
                                    0,
                                    Accept.STRING_OR_BINARY.text(),
                                    a.getFirst());
                        }
                        List<Expression> arguments = new ArrayList<>();
                        arguments.add(Coercion.cast(a.getFirst().expression(), target, dialect));
                        List<String> texts = new ArrayList<>(Aggregates.texts(a));
                        if (a.size() == 2) {
                            arguments.add(Coercion.cast(a.get(1).expression(), target, dialect));
                        } else {
                            texts.add("NULL");
                        }
                        return new AggregateRule.Bound(
                                "listagg", name, arguments, texts, target, true, null);
                    });
        }
        table.add(
                "histogram_numeric",
                "histogram_numeric",
                List.of(Accept.ANY, Accept.INT),
                a -> histogram(Aggregates.first(a)));
        table.add(
                "schema_of_variant_agg",
                "schema_of_variant_agg",
                "schema_of_variant_agg",
                List.of(Accept.VARIANT),
                _ -> StringType.STRING,
                false);
    }

    private static DataType histogram(DataType type) {
        return new ArrayType(
                new StructType(
                        List.of(
                                new StructField("x", type, true),
                                new StructField("y", AtomicType.DOUBLE, true))),
                true);
    }
}
