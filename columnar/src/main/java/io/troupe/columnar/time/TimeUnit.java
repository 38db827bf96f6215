package io.troupe.columnar.time;

import java.util.Locale;

/// Units that times are truncated to, moved by and measured in.
public enum TimeUnit {
    MICROSECOND,
    MILLISECOND,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    DECADE,
    CENTURY,
    MILLENNIUM;

    /// The unit by any of its names, or null.
    public static TimeUnit of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MICROSECOND", "MICROSECONDS", "US" -> MICROSECOND;
            case "MILLISECOND", "MILLISECONDS", "MS" -> MILLISECOND;
            case "SECOND", "SECONDS" -> SECOND;
            case "MINUTE", "MINUTES" -> MINUTE;
            case "HOUR", "HOURS" -> HOUR;
            case "DAY", "DD", "DAYS", "DAYOFYEAR" -> DAY;
            case "WEEK", "WEEKS" -> WEEK;
            case "MONTH", "MON", "MM", "MONTHS" -> MONTH;
            case "QUARTER", "QUARTERS" -> QUARTER;
            case "YEAR", "YYYY", "YY", "YEARS" -> YEAR;
            case "DECADE" -> DECADE;
            case "CENTURY" -> CENTURY;
            case "MILLENNIUM" -> MILLENNIUM;
            default -> null;
        };
    }

    /// Microseconds of the unit, or 0 when its length varies.
    public long micros() {
        return switch (this) {
            case MICROSECOND -> 1;
            case MILLISECOND -> 1000;
            case SECOND -> ZoneClock.SECOND;
            case MINUTE -> 60 * ZoneClock.SECOND;
            case HOUR -> 3600 * ZoneClock.SECOND;
            case DAY -> ZoneClock.DAY;
            case WEEK -> 7 * ZoneClock.DAY;
            case MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM -> 0;
        };
    }

    public int months() {
        return switch (this) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            case DECADE -> 120;
            case CENTURY -> 1200;
            case MILLENNIUM -> 12000;
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK -> 0;
        };
    }

    /// The first day of the unit around a day; weeks begin on Monday.
    public int truncate(int days) {
        long packed = CivilDate.pack(days);
        int year = (int) (packed >> 9);
        int month = (int) (packed >> 5) & 15;
        return switch (this) {
            case WEEK -> days - CivilDate.weekday(days);
            case MONTH -> (int) CivilDate.epochDay(year, month, 1);
            case QUARTER -> (int) CivilDate.epochDay(year, (month - 1) / 3 * 3 + 1, 1);
            case YEAR -> (int) CivilDate.epochDay(year, 1, 1);
            case DECADE -> (int) CivilDate.epochDay(Math.floorDiv(year, 10) * 10L, 1, 1);
            case CENTURY -> (int) CivilDate.epochDay(Math.floorDiv(year - 1, 100) * 100L + 1, 1, 1);
            case MILLENNIUM ->
                    (int) CivilDate.epochDay(Math.floorDiv(year - 1, 1000) * 1000L + 1, 1, 1);
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY -> days;
        };
    }
}
