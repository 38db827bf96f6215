package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.ANY_TIMESTAMP;
import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.INTEGRAL;
import static io.troupe.planner.function.Accept.LONG;
import static io.troupe.planner.function.Accept.NUMERIC;
import static io.troupe.planner.function.Accept.STRING;
import static io.troupe.planner.function.Accept.TIMESTAMP;
import static io.troupe.planner.function.Accept.TIMESTAMP_NTZ;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;

/// Timestamps, times of day and intervals.
final class TimestampFunctions {
    private static final String PATTERN = "yyyy-MM-dd HH:mm:ss";
    private static final Accept SECONDS = new Accept.Exactly(new DecimalType(16, 6));

    private TimestampFunctions() {}

    static void register(ScalarTable table) {
        now(table);
        conversions(table);
        construction(table);
        units(table);
        times(table);
    }

    private static void now(ScalarTable table) {
        constant(table, "current_timestamp", "current_timestamp", AtomicType.TIMESTAMP);
        constant(table, "now", "current_timestamp", AtomicType.TIMESTAMP);
        constant(table, "localtimestamp", "localtimestamp", AtomicType.TIMESTAMP_NTZ);
        constant(table, "current_timezone", "current_timezone", StringType.STRING);
        table.add(
                "current_time",
                0,
                1,
                (a, _) -> {
                    int precision =
                            a.isEmpty() || !(a.getFirst().expression() instanceof Literal literal)
                                    ? 6
                                    : ((Number) literal.value()).intValue();
                    String text =
                            a.isEmpty()
                                    ? "current_time(6)"
                                    : "current_time(" + a.getFirst().text() + ")";
                    return new Typed(
                            new Call("current_time", List.of(), new TimeType(precision), false),
                            text);
                });
    }

    private static void constant(ScalarTable table, String name, String canonical, DataType type) {
        table.add(
                name,
                0,
                0,
                (_, _) -> new Typed(new Call(canonical, List.of(), type, false), name + "()"));
    }

    private static void conversions(ScalarTable table) {
        for (String prefix : List.of("", "try_")) {
            for (String kind : List.of("to_timestamp", "to_timestamp_ltz", "to_timestamp_ntz")) {
                if (!prefix.isEmpty() && !kind.equals("to_timestamp")) {
                    continue;
                }
                DataType type =
                        kind.endsWith("ntz") ? AtomicType.TIMESTAMP_NTZ : AtomicType.TIMESTAMP;
                table.add(
                        prefix + kind,
                        1,
                        2,
                        (a, dialect) -> toTimestamp(prefix + kind, type, a, dialect));
            }
        }
        table.add("to_unix_timestamp", 1, 2, (a, dialect) -> unix("to_unix_timestamp", a, dialect));
        table.add(
                "unix_timestamp",
                0,
                2,
                (a, dialect) ->
                        a.isEmpty()
                                ? unix(
                                        "unix_timestamp",
                                        List.of(
                                                Functions.scalar("current_timestamp")
                                                        .bind(List.of(), dialect)),
                                        dialect)
                                : unix("unix_timestamp", a, dialect));
        table.add("from_unixtime")
                .in(LONG)
                .opt(STRING, PATTERN, true)
                .out(StringType.STRING)
                .nullable();
        table.add("from_utc_timestamp").in(TIMESTAMP, STRING).out(AtomicType.TIMESTAMP);
        table.add("to_utc_timestamp").in(TIMESTAMP, STRING).out(AtomicType.TIMESTAMP);
        table.add("convert_timezone", 2, 3, (a, dialect) -> convertTimezone(a, dialect));
        table.add("timestamp_seconds")
                .in(NUMERIC)
                .out(AtomicType.TIMESTAMP)
                .nulls((a, _) -> a.getFirst().nullable() || a.getFirst().type().isFractional());
        table.add("timestamp_millis").in(INTEGRAL).out(AtomicType.TIMESTAMP);
        table.add("timestamp_micros").in(INTEGRAL).out(AtomicType.TIMESTAMP);
        for (String name : List.of("unix_seconds", "unix_millis", "unix_micros")) {
            table.add(name).in(TIMESTAMP).out(AtomicType.LONG);
        }
    }

    private static Typed toTimestamp(String name, DataType type, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        boolean attempt = name.startsWith("try");
        Typed value = a.getFirst();
        if (a.size() == 1) {
            return new Typed(Casts.explicit(value, type, attempt, dialect).expression(), text);
        }
        DataType target =
                Accept.anyOf(STRING, Accept.DATE, TIMESTAMP, TIMESTAMP_NTZ)
                        .target(value.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(
                    text,
                    0,
                    "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")",
                    value);
        }
        List<Expression> arguments =
                List.of(
                        Coercion.cast(value.expression(), target, dialect),
                        StringFunctions.text(a.get(1), 1, text, dialect));
        boolean nullable =
                attempt || !dialect.ansi() || arguments.stream().anyMatch(Expression::nullable);
        return new Typed(new Call(name, arguments, type, nullable), text);
    }

    private static Typed unix(String name, List<Typed> a, Dialect dialect) {
        Typed format = a.size() == 2 ? a.get(1) : new Typed(Literal.of(PATTERN), PATTERN);
        String text = name + "(" + a.getFirst().text() + ", " + format.text() + ")";
        DataType target =
                Accept.anyOf(STRING, Accept.DATE, TIMESTAMP, TIMESTAMP_NTZ)
                        .target(a.getFirst().type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(
                    text,
                    0,
                    "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")",
                    a.getFirst());
        }
        List<Expression> arguments =
                List.of(
                        Coercion.cast(a.getFirst().expression(), target, dialect),
                        StringFunctions.text(format, 1, text, dialect));
        boolean nullable = !dialect.ansi() || arguments.stream().anyMatch(Expression::nullable);
        return new Typed(new Call("unix_timestamp", arguments, AtomicType.LONG, nullable), text);
    }

    private static Typed convertTimezone(List<Typed> a, Dialect dialect) {
        List<Typed> all = new ArrayList<>(a);
        if (a.size() == 2) {
            all.addFirst(
                    new Typed(
                            new Call("current_timezone", List.of(), StringType.STRING, false),
                            "current_timezone()"));
        }
        String text = ConditionalFunctions.call("convert_timezone", all);
        DataType target =
                Coercion.implicit(all.get(2).type(), AtomicType.TIMESTAMP_NTZ, dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 2, "\"TIMESTAMP_NTZ\"", all.get(2));
        }
        List<Expression> arguments =
                List.of(
                        StringFunctions.text(all.get(0), 0, text, dialect),
                        StringFunctions.text(all.get(1), 1, text, dialect),
                        Coercion.cast(all.get(2).expression(), AtomicType.TIMESTAMP_NTZ, dialect));
        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
        return new Typed(
                new Call("convert_timezone", arguments, AtomicType.TIMESTAMP_NTZ, nullable), text);
    }

    private static void construction(ScalarTable table) {
        for (String name :
                List.of(
                        "make_timestamp",
                        "make_timestamp_ltz",
                        "make_timestamp_ntz",
                        "try_make_timestamp",
                        "try_make_timestamp_ltz",
                        "try_make_timestamp_ntz")) {
            boolean local = name.endsWith("ntz");
            DataType type = local ? AtomicType.TIMESTAMP_NTZ : AtomicType.TIMESTAMP;
            table.add(
                    name, 2, local ? 6 : 7, (a, dialect) -> makeTimestamp(name, type, a, dialect));
        }
        table.add("make_interval", 0, 7, (a, dialect) -> makeInterval("make_interval", a, dialect));
        table.add(
                "try_make_interval",
                0,
                7,
                (a, dialect) -> makeInterval("try_make_interval", a, dialect));
        table.add("make_dt_interval")
                .opt(INT, 0, true)
                .opt(INT, 0, true)
                .opt(INT, 0, true)
                .opt(SECONDS, new java.math.BigDecimal("0.000000"), true)
                .out(DayTimeIntervalType.DEFAULT);
        table.add("make_ym_interval")
                .opt(INT, 0, true)
                .opt(INT, 0, true)
                .out(YearMonthIntervalType.DEFAULT);
    }

    private static Typed makeTimestamp(String name, DataType type, List<Typed> a, Dialect dialect) {
        // The time zone of a tolerant call is not shown.
        String text =
                ConditionalFunctions.call(
                        name, name.startsWith("try") && a.size() == 7 ? a.subList(0, 6) : a);
        List<Expression> arguments = new ArrayList<>();
        boolean parts = a.size() <= 3;
        for (int i = 0; i < a.size(); i++) {
            Accept accept =
                    parts
                            ? i == 0 ? Accept.DATE : i == 1 ? Accept.TIME : STRING
                            : i < 5 ? INT : i == 5 ? SECONDS : STRING;
            DataType target = accept.target(a.get(i).type(), dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(text, i, accept.text(), a.get(i));
            }
            arguments.add(Coercion.cast(a.get(i).expression(), target, dialect));
        }
        boolean nullable =
                name.startsWith("try")
                        || !dialect.ansi()
                        || arguments.stream().anyMatch(Expression::nullable);
        return new Typed(new Call(name, arguments, type, nullable), text);
    }

    private static Typed makeInterval(String name, List<Typed> a, Dialect dialect) {
        List<Expression> arguments = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            boolean seconds = i == 6;
            Accept accept = seconds ? new Accept.Exactly(new DecimalType(18, 6)) : INT;
            Typed value =
                    i < a.size()
                            ? a.get(i)
                            : seconds
                                    ? new Typed(
                                            new Literal(
                                                    new java.math.BigDecimal("0.000000"),
                                                    new DecimalType(18, 6)),
                                            "0.000000")
                                    : ConditionalFunctions.integer(0);
            texts.add(value.text());
            DataType target = accept.target(value.type(), dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(
                        name + "(" + String.join(", ", texts) + ")", i, accept.text(), value);
            }
            arguments.add(Coercion.cast(value.expression(), target, dialect));
        }
        boolean nullable =
                name.startsWith("try")
                        || !dialect.ansi()
                        || arguments.stream().anyMatch(Expression::nullable);
        return new Typed(
                new Call(name, arguments, AtomicType.CALENDAR_INTERVAL, nullable),
                name + "(" + String.join(", ", texts) + ")");
    }

    /// `timestampadd(unit, n, time)`, `timestampdiff(unit, from, to)`.
    private static void units(ScalarTable table) {
        for (String name : List.of("timestamp_add", "timestampadd")) {
            table.add(
                    name,
                    3,
                    3,
                    (a, dialect) -> {
                        String text =
                                "timestampadd("
                                        + a.get(0).text()
                                        + ", "
                                        + a.get(1).text()
                                        + ", "
                                        + a.get(2).text()
                                        + ")";
                        DataType time = ANY_TIMESTAMP.target(a.get(2).type(), dialect.ansi());
                        DataType count = LONG.target(a.get(1).type(), dialect.ansi());
                        if (count == null) {
                            throw FunctionErrors.wrongInput(text, 1, "\"BIGINT\"", a.get(1));
                        }
                        if (time == null) {
                            throw FunctionErrors.wrongInput(
                                    text,
                                    2,
                                    "(\"TIMESTAMP\" or \"TIMESTAMP WITHOUT TIME ZONE\")",
                                    a.get(2));
                        }
                        List<Expression> arguments =
                                List.of(
                                        a.get(0).expression(),
                                        Coercion.cast(
                                                a.get(1).expression(), AtomicType.LONG, dialect),
                                        Coercion.cast(a.get(2).expression(), time, dialect));
                        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
                        return new Typed(
                                new Call("timestamp_add", arguments, time, nullable), text);
                    });
        }
        for (String name : List.of("timestamp_diff", "timestampdiff")) {
            table.add(name)
                    .in(STRING, TIMESTAMP, TIMESTAMP)
                    .as("timestamp_diff")
                    .out(AtomicType.LONG)
                    .shownAs("timestampdiff");
        }
        table.add("time_diff").in(STRING, Accept.TIME, Accept.TIME).out(AtomicType.LONG);
        table.add("time_trunc").in(STRING, Accept.TIME).out((a, _) -> a.get(1).type());
        table.add("time_bucket")
                .in(
                        Accept.anyOf(Accept.DAY_TIME, Accept.YEAR_MONTH),
                        Accept.anyOf(Accept.TIME, ANY_TIMESTAMP))
                .opt(Accept.ANY)
                .out((a, _) -> a.get(1).type());
    }

    private static void times(ScalarTable table) {
        table.add("make_time").in(INT, INT, SECONDS).out(TimeType.DEFAULT);
        table.add("to_time").in(STRING).opt(STRING).out(TimeType.DEFAULT);
        table.add("try_to_time").in(STRING).opt(STRING).out(TimeType.DEFAULT).nullable();
        table.add("time_from_seconds").in(NUMERIC).out(TimeType.DEFAULT);
        table.add("time_from_millis").in(INTEGRAL).out(TimeType.DEFAULT);
        table.add("time_from_micros").in(INTEGRAL).out(TimeType.DEFAULT);
        table.add("time_to_seconds").in(Accept.TIME).out(new DecimalType(14, 6));
        table.add("time_to_millis").in(Accept.TIME).out(AtomicType.LONG);
        table.add("time_to_micros").in(Accept.TIME).out(AtomicType.LONG);
    }
}
