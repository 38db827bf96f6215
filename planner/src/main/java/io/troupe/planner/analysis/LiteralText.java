package io.troupe.planner.analysis;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How Spark shows constants in column names and messages.
final class LiteralText {
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter();

    private LiteralText() {}

    static String of(Literal literal, String timeZone) {
        return text(literal.value(), literal.type(), timeZone);
    }

    private static String text(Object value, DataType type, String zone) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case AtomicType.DATE -> "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
            case AtomicType.TIMESTAMP ->
                    "TIMESTAMP '"
                            + LocalDateTime.ofInstant(instant((Long) value), ZoneId.of(zone))
                                    .format(TIMESTAMP)
                            + "'";
            case AtomicType.TIMESTAMP_NTZ ->
                    "TIMESTAMP_NTZ '"
                            + LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC)
                                    .format(TIMESTAMP)
                            + "'";
            case AtomicType.BINARY ->
                    "X'" + HexFormat.of().withUpperCase().formatHex((byte[]) value) + "'";
            case AtomicType.CALENDAR_INTERVAL ->
                    "INTERVAL '" + calendar((CalendarInterval) value) + "'";
            case AtomicType _ -> value.toString();
            case DecimalType _ -> ((BigDecimal) value).toString();
            case StringType _ -> value.toString();
            case TimeType _ -> "TIME '" + TIME.format(LocalTime.ofNanoOfDay((Long) value)) + "'";
            case YearMonthIntervalType interval -> yearMonth((Integer) value, interval);
            case DayTimeIntervalType interval -> dayTime((Long) value, interval);
            case ArrayType array ->
                    ((List<?>) value)
                            .stream()
                                    .map(item -> text(item, array.element(), zone))
                                    .collect(Collectors.joining(", ", "array(", ")"));
            case MapType map ->
                    ((List<?>) value)
                            .stream()
                                    .map(entry ->
                                            text(
                                                            ((Map.Entry<?, ?>) entry).getKey(),
                                                            map.key(),
                                                            zone)
                                                    + ", "
                                                    + text(
                                                            ((Map.Entry<?, ?>) entry).getValue(),
                                                            map.value(),
                                                            zone))
                                    .collect(Collectors.joining(", ", "map(", ")"));
            case StructType struct -> struct((List<?>) value, struct, zone);
            case UserDefinedType udt -> text(value, udt.sqlType(), zone);
        };
    }

    private static String struct(List<?> values, StructType type, String zone) {
        StringBuilder text = new StringBuilder("named_struct(");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(type.fields().get(i).name())
                    .append(", ")
                    .append(text(values.get(i), type.fields().get(i).type(), zone));
        }
        return text.append(")").toString();
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    private static String yearMonth(int months, YearMonthIntervalType type) {
        String sign = months < 0 ? "-" : "";
        long absolute = Math.abs((long) months);
        String body =
                type.start() == type.end()
                        ? type.start() == YearMonthIntervalType.Field.YEAR
                                ? Long.toString(absolute / 12)
                                : Long.toString(absolute)
                        : absolute / 12 + "-" + absolute % 12;
        return "INTERVAL '" + sign + body + "'" + type.sql().substring("INTERVAL".length());
    }

    private static String dayTime(long micros, DayTimeIntervalType type) {
        String sign = micros < 0 ? "-" : "";
        java.math.BigInteger absolute = java.math.BigInteger.valueOf(micros).abs();
        long days = absolute.divide(java.math.BigInteger.valueOf(86_400_000_000L)).longValue();
        long rest = absolute.mod(java.math.BigInteger.valueOf(86_400_000_000L)).longValue();
        long hours = rest / 3_600_000_000L;
        long minutes = rest / 60_000_000L % 60;
        long seconds = rest / 1_000_000L % 60;
        long fraction = rest % 1_000_000L;
        StringBuilder body = new StringBuilder();
        DayTimeIntervalType.Field start = type.start();
        DayTimeIntervalType.Field end = type.end();
        for (DayTimeIntervalType.Field field : DayTimeIntervalType.Field.values()) {
            if (field.compareTo(start) < 0 || field.compareTo(end) > 0) {
                continue;
            }
            boolean first = field == start;
            switch (field) {
                case DAY -> body.append(days);
                case HOUR ->
                        body.append(first ? "" : " ")
                                .append(two(first ? hours + days * 24 : hours));
                case MINUTE ->
                        body.append(first ? "" : ":")
                                .append(two(first ? minutes + 60 * (hours + days * 24) : minutes));
                case SECOND -> {
                    long whole =
                            first ? seconds + 60 * (minutes + 60 * (hours + days * 24)) : seconds;
                    body.append(first ? "" : ":").append(two(whole));
                    if (fraction != 0) {
                        body.append(".")
                                .append(String.format("%06d", fraction).replaceAll("0+$", ""));
                    }
                }
            }
        }
        return "INTERVAL '" + sign + body + "'" + type.sql().substring("INTERVAL".length());
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    private static String calendar(CalendarInterval value) {
        StringBuilder text = new StringBuilder();
        unit(text, value.months() / 12, "years");
        unit(text, value.months() % 12, "months");
        unit(text, value.days(), "days");
        long micros = value.microseconds();
        unit(text, micros / 3_600_000_000L, "hours");
        unit(text, micros / 60_000_000L % 60, "minutes");
        long rest = micros % 60_000_000L;
        if (rest != 0) {
            BigDecimal seconds = BigDecimal.valueOf(rest, 6).stripTrailingZeros();
            text.append(text.isEmpty() ? "" : " ")
                    .append(seconds.toPlainString())
                    .append(" seconds");
        }
        return text.isEmpty() ? "0 seconds" : text.toString();
    }

    private static void unit(StringBuilder text, long value, String name) {
        if (value != 0) {
            text.append(text.isEmpty() ? "" : " ").append(value).append(' ').append(name);
        }
    }
}
