package io.troupe.planner.sql;

import io.troupe.planner.type.DayTimeIntervalType.Field;
import java.util.regex.Pattern;

/// The form of a day-time interval text from one field to another, such as `d h:m:s.n`.
final class DayTimePattern {
    private DayTimePattern() {}

    static Pattern of(Field from, Field to) {
        StringBuilder regex = new StringBuilder("(?<sign>[+-])?");
        for (Field field : Field.values()) {
            if (field.compareTo(from) >= 0 && field.compareTo(to) <= 0) {
                regex.append(field == from ? "" : field == Field.HOUR ? "\\s+" : ":");
                regex.append("(?<")
                        .append(field.name())
                        .append(field == from ? ">\\d+)" : ">\\d{1,2})");
            }
        }
        return Pattern.compile(regex + (to == Field.SECOND ? "(?:\\.(?<fraction>\\d{1,9}))?" : ""));
    }

    /// As error messages show it.
    static String format(Field from, Field to) {
        StringBuilder form = new StringBuilder();
        for (Field field : Field.values()) {
            if (field.compareTo(from) >= 0 && field.compareTo(to) <= 0) {
                form.append(field == from ? "" : field == Field.HOUR ? " " : ":");
                form.append(Character.toLowerCase(field.name().charAt(0)));
            }
        }
        form.append(to == Field.SECOND ? ".n" : "");
        return "`[+|-]"
                + form
                + "`, `INTERVAL [+|-]'[+|-]"
                + form
                + "' "
                + from
                + " TO "
                + to
                + "`";
    }

    /// The largest value of a field that does not lead.
    static int most(Field field) {
        return field == Field.HOUR ? 23 : 59;
    }

    static long micros(Field field) {
        return switch (field) {
            case DAY -> 86_400_000_000L;
            case HOUR -> 3_600_000_000L;
            case MINUTE -> 60_000_000L;
            case SECOND -> 1_000_000L;
        };
    }
}
