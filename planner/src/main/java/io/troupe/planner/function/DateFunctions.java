package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.ANY_TIMESTAMP;
import static io.troupe.planner.function.Accept.DATE;
import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.STRING;
import static io.troupe.planner.function.Accept.TIMESTAMP;

import io.troupe.planner.error.Conditions;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Dates, and the parts of dates and times.
final class DateFunctions {
    /// Field names of EXTRACT and the functions that take them out of dates and timestamps.
    private static final Map<String, String> PARTS = new java.util.HashMap<>();

    static {
        part("year", "YEAR", "Y", "YEARS", "YR", "YRS");
        part("yearofweek", "YEAROFWEEK");
        part("quarter", "QUARTER", "QTR");
        part("month", "MONTH", "MON", "MONS", "MONTHS");
        part("weekofyear", "WEEK", "W", "WEEKS");
        part("day", "DAY", "D", "DAYS");
        part("dayofweek", "DAYOFWEEK", "DOW");
        part("dayofweek_iso", "DAYOFWEEK_ISO", "DOW_ISO");
        part("dayofyear", "DOY");
        part("hour", "HOUR", "H", "HOURS", "HR", "HRS");
        part("minute", "MINUTE", "M", "MIN", "MINS", "MINUTES");
        part("second_with_fraction", "SECOND", "S", "SEC", "SECONDS", "SECS");
    }

    private DateFunctions() {}

    private static void part(String function, String... names) {
        for (String name : names) {
            PARTS.put(name, function);
        }
    }

    @SuppressWarnings("checkstyle:MethodLength")
    static void register(ScalarTable table) {
        for (String name :
                List.of(
                        "year",
                        "quarter",
                        "month",
                        "day",
                        "dayofmonth",
                        "dayofyear",
                        "dayofweek",
                        "weekday",
                        "weekofyear")) {
            table.add(name)
                    .in(DATE)
                    .as(name.equals("dayofmonth") ? "day" : name)
                    .out(AtomicType.INTEGER);
        }
        table.add("yearofweek").in(DATE).out(AtomicType.INTEGER);
        table.add("dayname").in(DATE).out(StringType.STRING);
        table.add("monthname").in(DATE).out(StringType.STRING);
        for (String name : List.of("hour", "minute", "second")) {
            table.add(name).in(Accept.anyOf(ANY_TIMESTAMP, Accept.TIME)).out(AtomicType.INTEGER);
        }
        Accept days =
                Accept.anyOf(
                        INT, Accept.exactly(AtomicType.SHORT), Accept.exactly(AtomicType.BYTE));
        for (String name : List.of("date_add", "dateadd", "date_sub")) {
            table.add(name)
                    .in(DATE, days)
                    .as(name.equals("dateadd") ? "date_add" : name)
                    .out(AtomicType.DATE)
                    .shownAs(name.equals("dateadd") ? "date_add" : name);
        }
        for (String name : List.of("datediff", "date_diff")) {
            table.add(name).in(DATE, DATE).as("datediff").out(AtomicType.INTEGER);
        }
        table.add("add_months").in(DATE, INT).out(AtomicType.DATE);
        table.add("last_day").in(DATE).out(AtomicType.DATE);
        table.add("next_day").in(DATE, STRING).out(AtomicType.DATE).nullable();
        table.add("months_between")
                .in(TIMESTAMP, TIMESTAMP)
                .opt(Accept.BOOLEAN, true, true)
                .out(AtomicType.DOUBLE);
        table.add("trunc").in(DATE, STRING).out(AtomicType.DATE).nullable();
        table.add("date_trunc").in(STRING, ANY_TIMESTAMP).out((a, _) -> a.get(1).type()).nullable();
        table.add("make_date")
                .in(INT, INT, INT)
                .out(AtomicType.DATE)
                .nulls((a, d) -> !d.ansi() || a.stream().anyMatch(Expression::nullable));
        table.add("date_from_unix_date").in(INT).out(AtomicType.DATE);
        table.add("unix_date").in(DATE).out(AtomicType.INTEGER);
        table.add("date_format").in(ANY_TIMESTAMP, STRING).out(StringType.STRING);
        for (String name : List.of("current_date", "curdate")) {
            table.add(
                    name,
                    0,
                    0,
                    (_, _) ->
                            new Typed(
                                    new Call("current_date", List.of(), AtomicType.DATE, false),
                                    "current_date()"));
        }
        table.add("to_date", 1, 2, (a, dialect) -> toDate("to_date", a, dialect));
        table.add("try_to_date", 1, 2, (a, dialect) -> toDate("try_to_date", a, dialect));
        table.add(
                "extract",
                2,
                2,
                (a, dialect) ->
                        extract(
                                a,
                                "extract(" + a.get(0).text() + " FROM " + a.get(1).text() + ")",
                                dialect));
        for (String name : List.of("date_part", "datepart")) {
            table.add(
                    name,
                    2,
                    2,
                    (a, dialect) ->
                            extract(
                                    a,
                                    name
                                            + "("
                                            + a.get(0).text()
                                            + (name.equals("datepart") ? " FROM " : ", ")
                                            + a.get(1).text()
                                            + ")",
                                    dialect));
        }
    }

    private static Typed toDate(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        boolean attempt = name.startsWith("try");
        Typed value = a.getFirst();
        if (a.size() == 1) {
            Typed cast = Casts.explicit(value, AtomicType.DATE, attempt, dialect);
            return new Typed(cast.expression(), text);
        }
        DataType target =
                Accept.anyOf(STRING, DATE, TIMESTAMP, Accept.TIMESTAMP_NTZ)
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
        return new Typed(new Call(name, arguments, AtomicType.DATE, nullable), text);
    }

    private static Typed extract(List<Typed> a, String text, Dialect dialect) {
        Typed source = a.get(1);
        if (!(a.get(0).expression() instanceof Literal literal
                && literal.value() instanceof String field)) {
            throw Conditions.analysis(
                    "NON_FOLDABLE_ARGUMENT",
                    "funcName",
                    Conditions.id("extract"),
                    "paramName",
                    Conditions.id("field"),
                    "paramType",
                    Conditions.quoted("STRING"));
        }
        String part = PARTS.get(field.toUpperCase(Locale.ROOT));
        DataType type = source.type();
        if (Coercion.isInterval(type) || type == AtomicType.CALENDAR_INTERVAL) {
            return interval(field, part, source, text);
        }
        if (part == null) {
            throw invalid(field, source);
        }
        if (part.equals("second_with_fraction")) {
            DataType target =
                    type instanceof TimeType ? type : ANY_TIMESTAMP.target(type, dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(text, 1, "\"TIMESTAMP\"", source);
            }
            Expression value = Coercion.cast(source.expression(), target, dialect);
            return new Typed(
                    new Call(part, List.of(value), new DecimalType(8, 6), value.nullable()), text);
        }
        if (part.equals("dayofweek_iso")) {
            Typed weekday = Functions.scalar("weekday").bind(List.of(source), dialect);
            Expression iso =
                    new Call(
                            "+",
                            List.of(weekday.expression(), Literal.of(1)),
                            AtomicType.INTEGER,
                            weekday.nullable());
            return new Typed(iso, text);
        }
        return new Typed(Functions.scalar(part).bind(List.of(source), dialect).expression(), text);
    }

    private static Typed interval(String field, String part, Typed source, String text) {
        boolean yearMonth = source.type() instanceof YearMonthIntervalType;
        boolean dayTime = source.type() instanceof DayTimeIntervalType;
        boolean fits =
                part != null
                        && (yearMonth
                                ? List.of("year", "month").contains(part)
                                : dayTime
                                        ? List.of("day", "hour", "minute", "second_with_fraction")
                                                .contains(part)
                                        : List.of(
                                                        "year",
                                                        "month",
                                                        "day",
                                                        "hour",
                                                        "minute",
                                                        "second_with_fraction")
                                                .contains(part));
        if (!fits) {
            throw invalid(field, source);
        }
        String name = part.equals("second_with_fraction") ? "second" : part;
        DataType type =
                switch (name) {
                    case "second" -> new DecimalType(8, 6);
                    case "year" -> AtomicType.INTEGER;
                    case "day" -> AtomicType.INTEGER;
                    default -> AtomicType.BYTE;
                };
        return new Typed(
                new Call("interval_" + name, List.of(source.expression()), type, source.nullable()),
                text);
    }

    private static RuntimeException invalid(String field, Typed source) {
        return Conditions.analysis(
                "INVALID_EXTRACT_FIELD",
                "field",
                Conditions.id(field),
                "expr",
                Conditions.quoted(source.text()));
    }
}
