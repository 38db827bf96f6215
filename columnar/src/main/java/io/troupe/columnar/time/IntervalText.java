package io.troupe.columnar.time;

import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.YearMonthIntervalType;

/// Writes intervals: `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 02:03:04.5' DAY TO SECOND`, `1
/// years 2 months 3 days 4 hours`.
public final class IntervalText {
    private IntervalText() {}

    public static String yearMonth(int months, YearMonthIntervalType type) {
        long whole = Math.abs((long) months);
        String sign = months < 0 ? "-" : "";
        String value =
                switch (type.start() == type.end() ? type.start().name() : "BOTH") {
                    case "YEAR" -> sign + whole / 12;
                    case "MONTH" -> sign + whole;
                    default -> sign + whole / 12 + "-" + whole % 12;
                };
        return "INTERVAL '" + value + "' " + fields(type.start().name(), type.end().name());
    }

    public static String dayTime(long micros, DayTimeIntervalType type) {
        boolean negative = micros < 0;
        // The most negative value has no positive twin: its digits are taken one microsecond off
        // and put right by hand.
        long rest = micros == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(micros);
        int extra = micros == Long.MIN_VALUE ? 1 : 0;
        StringBuilder text = new StringBuilder(negative ? "-" : "");
        DayTimeIntervalType.Field start = type.start();
        int from = start.ordinal();
        int to = type.end().ordinal();
        long[] units = {
            ZoneClock.DAY, 3600 * ZoneClock.SECOND, 60 * ZoneClock.SECOND, ZoneClock.SECOND
        };
        for (int field = from; field <= to; field++) {
            long amount = rest / units[field];
            rest -= amount * units[field];
            if (field == from) {
                TimeText.pad(text, amount, field == 0 ? 1 : 2);
            } else {
                text.append(field == 1 ? ' ' : ':');
                TimeText.pad(text, amount, 2);
            }
        }
        if (to == 3) {
            TimeText.fraction(text, rest + extra);
        }
        return "INTERVAL '" + text + "' " + fields(start.name(), type.end().name());
    }

    private static String fields(String start, String end) {
        return start.equals(end) ? start : start + " TO " + end;
    }

    public static String calendar(CalendarInterval interval) {
        StringBuilder text = new StringBuilder();
        append(text, interval.months() / 12, "years");
        append(text, interval.months() % 12, "months");
        append(text, interval.days(), "days");
        long rest = interval.microseconds();
        append(text, rest / (3600 * ZoneClock.SECOND), "hours");
        rest %= 3600 * ZoneClock.SECOND;
        append(text, rest / (60 * ZoneClock.SECOND), "minutes");
        rest %= 60 * ZoneClock.SECOND;
        if (rest != 0) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(rest < 0 ? "-" : "")
                    .append(Math.abs(rest) / ZoneClock.SECOND);
            TimeText.fraction(text, Math.abs(rest) % ZoneClock.SECOND);
            text.append(" seconds");
        }
        return text.isEmpty() ? "0 seconds" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
