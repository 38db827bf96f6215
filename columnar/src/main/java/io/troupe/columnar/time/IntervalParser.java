package io.troupe.columnar.time;

import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DayTimeIntervalType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads intervals from strings as casts do. Each method gives null for a text that is none.
public final class IntervalParser {
    private static final Pattern WRAPPED =
            Pattern.compile("(?i)^interval\\s+([+-])?'([^']*)'\\s+(\\w+)(?:\\s+to\\s+(\\w+))?$");
    private static final Pattern YEAR_MONTH = Pattern.compile("^([+-])?(\\d+)-(\\d+)$");
    private static final Pattern DAY_TIME =
            Pattern.compile(
                    "^([+-])?(?:(\\d+) )?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?$");
    private static final Pattern UNIT =
            Pattern.compile("\\G\\s*([+-]?\\s*\\d*\\.?\\d+)\\s*([a-zA-Z]+)");

    private IntervalParser() {}

    /// Months of a year-month interval.
    public static Integer months(String text) {
        String trimmed = text.strip();
        Matcher wrapped = WRAPPED.matcher(trimmed);
        if (wrapped.matches()) {
            int sign = "-".equals(wrapped.group(1)) ? -1 : 1;
            String unit = wrapped.group(3).toLowerCase(Locale.ROOT);
            if (wrapped.group(4) != null) {
                Integer value = months(wrapped.group(2));
                return value == null ? null : sign * value;
            }
            BigDecimal amount = number(wrapped.group(2));
            return amount == null || !unit.startsWith("year") && !unit.startsWith("month")
                    ? null
                    : Integer.valueOf(
                            sign * amount.intValue() * (unit.startsWith("year") ? 12 : 1));
        }
        Matcher plain = YEAR_MONTH.matcher(trimmed);
        if (plain.matches() && Integer.parseInt(plain.group(3)) < 12) {
            long months = Long.parseLong(plain.group(2)) * 12 + Long.parseLong(plain.group(3));
            return Math.toIntExact("-".equals(plain.group(1)) ? -months : months);
        }
        return null;
    }

    /// Microseconds of a day-time interval.
    public static Long micros(String text, DayTimeIntervalType type) {
        String trimmed = text.strip();
        Matcher wrapped = WRAPPED.matcher(trimmed);
        String body = trimmed;
        int sign = 1;
        String unit = type.start() == type.end() ? type.start().name() : null;
        String from = type.start().name();
        if (wrapped.matches()) {
            sign = "-".equals(wrapped.group(1)) ? -1 : 1;
            body = wrapped.group(2).strip();
            unit = wrapped.group(4) == null ? wrapped.group(3).toUpperCase(Locale.ROOT) : null;
            from = wrapped.group(3).toUpperCase(Locale.ROOT);
        }
        if (unit != null) {
            BigDecimal amount = number(body);
            Long scale = unitMicros(unit.toLowerCase(Locale.ROOT));
            return amount == null || scale == null
                    ? null
                    : Long.valueOf(sign * amount.multiply(BigDecimal.valueOf(scale)).longValue());
        }
        Long value = clock(body, from);
        return value == null ? null : Long.valueOf(sign * value);
    }

    private static Long clock(String body, String from) {
        Matcher matcher = DAY_TIME.matcher(body.replaceFirst("^([+-]?\\d+) +", "$1 "));
        if (!matcher.matches()) {
            return null;
        }
        long days = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
        long first = Long.parseLong(matcher.group(3));
        long second = Long.parseLong(matcher.group(4));
        boolean minutesFirst = matcher.group(5) == null && from.equals("MINUTE");
        long seconds =
                minutesFirst
                        ? first * 60 + second
                        : first * 3600
                                + second * 60
                                + (matcher.group(5) == null ? 0 : Long.parseLong(matcher.group(5)));
        String fraction = matcher.group(6) == null ? "" : matcher.group(6);
        long micros = Long.parseLong((fraction + "000000").substring(0, 6));
        long total = days * ZoneClock.DAY + seconds * ZoneClock.SECOND + micros;
        return "-".equals(matcher.group(1)) ? -total : total;
    }

    private static BigDecimal number(String text) {
        String trimmed = text.strip();
        return trimmed.matches("[+-]?\\d+(\\.\\d+)?") ? new BigDecimal(trimmed) : null;
    }

    private static Long unitMicros(String unit) {
        return switch (unit.endsWith("s") && unit.length() > 1
                ? unit.substring(0, unit.length() - 1)
                : unit) {
            case "week" -> 7 * ZoneClock.DAY;
            case "day" -> ZoneClock.DAY;
            case "hour" -> 3600 * ZoneClock.SECOND;
            case "minute" -> 60 * ZoneClock.SECOND;
            case "second" -> ZoneClock.SECOND;
            case "millisecond" -> 1000L;
            case "microsecond" -> 1L;
            default -> null;
        };
    }

    /// A calendar interval such as `1 year 2 days -3.5 seconds`, with or without the word INTERVAL
    /// in front.
    public static CalendarInterval calendar(String text) {
        String body = text.strip();
        if (body.regionMatches(true, 0, "interval", 0, 8)) {
            body = body.substring(8);
        }
        Matcher unit = UNIT.matcher(body);
        long months = 0;
        long days = 0;
        long micros = 0;
        int end = 0;
        while (unit.find()) {
            BigDecimal amount = new BigDecimal(unit.group(1).replace(" ", ""));
            String name = unit.group(2).toLowerCase(Locale.ROOT);
            String singular =
                    name.endsWith("s") && name.length() > 1
                            ? name.substring(0, name.length() - 1)
                            : name;
            Long scale = unitMicros(name);
            boolean whole = amount.stripTrailingZeros().scale() <= 0;
            switch (singular) {
                case "year" -> months += amount.longValue() * 12;
                case "quarter" -> months += amount.longValue() * 3;
                case "month" -> months += amount.longValue();
                case "week" -> days += amount.longValue() * 7;
                case "day" -> days += amount.longValue();
                default -> {
                    if (scale == null) {
                        return null;
                    }
                    micros += amount.multiply(BigDecimal.valueOf(scale)).longValue();
                }
            }
            if (!whole && !singular.equals("second")) {
                return null;
            }
            end = unit.end();
        }
        return end == 0 || !body.substring(end).isBlank()
                ? null
                : new CalendarInterval(Math.toIntExact(months), Math.toIntExact(days), micros);
    }
}
