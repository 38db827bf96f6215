package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.sql.IntervalText.Unit;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;

/// Interval literals: `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL 3 DAYS 2 HOURS`, `INTERVAL '3
/// days'`. The units that are written decide the type: year-month or day-time, from the longest
/// unit to the shortest.
final class IntervalReader {
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+)\\s*");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d+)");
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Readers readers;

    IntervalReader(Readers readers) {
        this.readers = readers;
    }

    Literal literal(TroupeSql.IntervalLiteralContext tree) {
        return switch (tree.intervalBody()) {
            case TroupeSql.IntervalPartsContext parts -> parts(tree, parts);
            case TroupeSql.IntervalRangeContext range -> range(range);
            default -> throw Readers.unknown(tree.intervalBody());
        };
    }

    /// `INTERVAL 'text'` without units behind it.
    Literal text(ParserRuleContext tree, String text) {
        IntervalText read = IntervalText.read(text);
        if (read == null) {
            throw readers.literals().invalid(tree, "INTERVAL", text);
        }
        return typed(tree, read);
    }

    private Literal parts(ParserRuleContext tree, TroupeSql.IntervalPartsContext parts) {
        IntervalText sum = new IntervalText();
        for (TroupeSql.IntervalPartContext part : parts.intervalPart()) {
            String value = amount(part.intervalValue());
            if (!NUMBER.matcher(value).matches()) {
                throw readers.fail(
                        part,
                        "_LEGACY_ERROR_TEMP_0026",
                        null,
                        "Can only use numbers in the interval value part for multiple unit value pairs interval form, but got invalid value: "
                                + value
                                + ".",
                        "value",
                        value);
            }
            Unit unit = Unit.named(part.intervalUnit().getText());
            if (value.contains(".") && unit != Unit.SECOND) {
                String written = value.strip() + " " + part.intervalUnit().getText();
                throw invalid(
                        part,
                        "INVALID_FRACTION",
                        written,
                        "'" + part.intervalUnit().getText() + "' cannot have fractional part.");
            }
            try {
                sum.add(new BigDecimal(value.strip()), unit);
            } catch (ArithmeticException tooLarge) {
                throw invalid(
                        part,
                        "ARITHMETIC_EXCEPTION",
                        value,
                        "Uncaught arithmetic exception while parsing '" + value + "'.");
            }
        }
        return typed(tree, sum);
    }

    private String amount(TroupeSql.IntervalValueContext tree) {
        String sign = tree.sign == null ? "" : tree.sign.getText();
        String number =
                tree.stringToken() == null
                        ? tree.getStop().getText()
                        : readers.literals().text(tree.stringToken()).strip();
        if (!sign.isEmpty() && (number.startsWith("-") || number.startsWith("+"))) {
            return sign.equals("-") == number.startsWith("-")
                    ? number.substring(1)
                    : "-" + number.substring(1);
        }
        return sign + number;
    }

    private Literal typed(ParserRuleContext tree, IntervalText read) {
        Set<Unit> units = read.units();
        boolean anyYearMonth = units.stream().anyMatch(Unit::isYearMonth);
        if (anyYearMonth && !units.stream().allMatch(Unit::isYearMonth)) {
            String written = Origin.written(tree);
            throw readers.fail(
                    tree,
                    "_LEGACY_ERROR_TEMP_0029",
                    null,
                    "Cannot mix year-month and day-time fields: " + written + ".",
                    "literal",
                    written);
        }
        CalendarInterval value = read.value();
        if (anyYearMonth) {
            Unit from = Collections.min(units);
            Unit to = Collections.max(units);
            return new Literal(
                    value.months(),
                    new YearMonthIntervalType(
                            YearMonthIntervalType.Field.valueOf(from.name()),
                            YearMonthIntervalType.Field.valueOf(to.name())));
        }
        EnumSet<DayTimeIntervalType.Field> fields = EnumSet.noneOf(DayTimeIntervalType.Field.class);
        units.forEach(unit -> fields.add(field(unit)));
        return dayTime(value, Collections.min(fields), Collections.max(fields));
    }

    private static DayTimeIntervalType.Field field(Unit unit) {
        return switch (unit) {
            case YEAR, MONTH, WEEK, DAY -> DayTimeIntervalType.Field.DAY;
            case HOUR -> DayTimeIntervalType.Field.HOUR;
            case MINUTE -> DayTimeIntervalType.Field.MINUTE;
            case SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> DayTimeIntervalType.Field.SECOND;
        };
    }

    private static Literal dayTime(
            CalendarInterval value, DayTimeIntervalType.Field from, DayTimeIntervalType.Field to) {
        long micros =
                Math.addExact(
                        Math.multiplyExact(value.days(), MICROS_PER_DAY), value.microseconds());
        return new Literal(micros, new DayTimeIntervalType(from, to));
    }

    private Literal range(TroupeSql.IntervalRangeContext tree) {
        Unit from = Unit.named(tree.fromUnit.getText());
        Unit to = Unit.named(tree.toUnit.getText());
        if (tree.value.stringToken() == null) {
            throw readers.fail(
                    tree.value,
                    "_LEGACY_ERROR_TEMP_0027",
                    null,
                    "The value of from-to unit must be a string.");
        }
        String text = readers.literals().text(tree.value.stringToken()).strip();
        boolean negated = tree.value.sign != null && tree.value.sign.getText().equals("-");
        if (from == Unit.YEAR && to == Unit.MONTH) {
            return yearMonth(tree, text, negated);
        }
        boolean dayTime =
                from.compareTo(Unit.DAY) >= 0
                        && to.compareTo(Unit.SECOND) <= 0
                        && from.compareTo(to) < 0;
        if (!dayTime) {
            String shown = lower(from) + " to " + lower(to);
            throw invalid(
                    tree,
                    "UNSUPPORTED_FROM_TO_EXPRESSION",
                    text,
                    "Cannot support (interval '" + text + "' " + shown + ") expression.");
        }
        return dayTime(tree, text, negated, field(from), field(to));
    }

    private Literal yearMonth(TroupeSql.IntervalRangeContext tree, String text, boolean negated) {
        Matcher match = YEAR_MONTH.matcher(text);
        if (!match.matches()) {
            throw unmatched(
                    tree,
                    "UNMATCHED_FORMAT_STRING",
                    text,
                    "year-month",
                    "`[+|-]y-m`, `INTERVAL [+|-]'[+|-]y-m' YEAR TO MONTH`",
                    "interval year to month",
                    "");
        }
        try {
            int month = Integer.parseInt(match.group(3));
            if (month > 11) {
                throw outOfRange(tree, text, "month", month, 11);
            }
            int months =
                    Math.addExact(Math.multiplyExact(Integer.parseInt(match.group(2)), 12), month);
            boolean negative = "-".equals(match.group(1)) != negated;
            return new Literal(negative ? -months : months, YearMonthIntervalType.DEFAULT);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw invalid(
                    tree, "INTERVAL_PARSING", text, "Error parsing interval year-month string.");
        }
    }

    private Literal dayTime(
            TroupeSql.IntervalRangeContext tree,
            String text,
            boolean negated,
            DayTimeIntervalType.Field from,
            DayTimeIntervalType.Field to) {
        Matcher match = DayTimePattern.of(from, to).matcher(text);
        if (!match.matches()) {
            throw unmatched(
                    tree,
                    "UNMATCHED_FORMAT_STRING_WITH_NOTICE",
                    text,
                    "day-time",
                    DayTimePattern.format(from, to),
                    "interval " + lower(from) + " to " + lower(to),
                    " Set \"spark.sql.legacy.fromDayTimeString.enabled\" to \"true\" to restore the behavior before Spark 3.0.");
        }
        try {
            long micros = 0;
            for (DayTimeIntervalType.Field field : DayTimeIntervalType.Field.values()) {
                if (field.compareTo(from) >= 0 && field.compareTo(to) <= 0) {
                    long value = Long.parseLong(match.group(field.name()));
                    int most = DayTimePattern.most(field);
                    if (field != from && value > most) {
                        throw outOfRange(tree, text, lower(field), value, most);
                    }
                    micros =
                            Math.addExact(
                                    micros,
                                    Math.multiplyExact(value, DayTimePattern.micros(field)));
                }
            }
            if (to == DayTimeIntervalType.Field.SECOND && match.group("fraction") != null) {
                micros =
                        Math.addExact(
                                micros,
                                Long.parseLong(
                                        (match.group("fraction") + "000000").substring(0, 6)));
            }
            boolean negative = "-".equals(match.group("sign")) != negated;
            return new Literal(negative ? -micros : micros, new DayTimeIntervalType(from, to));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw invalid(
                    tree,
                    "DAY_TIME_PARSING",
                    text,
                    "Error parsing interval day-time string: long overflow.");
        }
    }

    private TroupeException outOfRange(
            ParserRuleContext tree, String text, String field, long value, int most) {
        String message =
                "requirement failed: " + field + " " + value + " outside range [0, " + most + "]";
        return field.equals("month")
                ? invalid(
                        tree, "INTERVAL_PARSING", text, "Error parsing interval year-month string.")
                : invalid(
                        tree,
                        "DAY_TIME_PARSING",
                        text,
                        "Error parsing interval day-time string: " + message + ".");
    }

    private TroupeException unmatched(
            ParserRuleContext tree,
            String condition,
            String text,
            String kind,
            String format,
            String type,
            String notice) {
        return invalid(
                tree,
                condition,
                text,
                "Interval string does not match "
                        + kind
                        + " format of "
                        + format
                        + " when cast to "
                        + type
                        + ": "
                        + text
                        + "."
                        + notice);
    }

    private TroupeException invalid(
            ParserRuleContext tree, String subCondition, String input, String message) {
        return readers.fail(
                tree,
                "INVALID_INTERVAL_FORMAT." + subCondition,
                "22006",
                "Error parsing '"
                        + input
                        + "' to interval. Please ensure that the value provided is in a valid format for defining an interval."
                        + " You can reference the documentation for the correct format. "
                        + message,
                "input",
                input);
    }

    private static String lower(Enum<?> unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }
}
