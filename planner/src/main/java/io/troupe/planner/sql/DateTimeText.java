package io.troupe.planner.sql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates and times as Spark's casts and literals read them. Methods give the engine's value, or
/// null for a text that is none.
public final class DateTimeText {
    private static final Pattern DATE =
            Pattern.compile(
                    "([+-]?\\d{4,7})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T].*)?)?)?", Pattern.DOTALL);
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "(?:([+-]?\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?)?"
                            + "(?:(?<=^|\\d)([ T]?)(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?)?"
                            + "\\s*([zZ]|[+-]\\d.*|[A-Za-z].*)?",
                    Pattern.DOTALL);
    private static final Pattern TIME =
            Pattern.compile(
                    "T?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?\\s*([AaPp][Mm])?",
                    Pattern.DOTALL);
    private static final Pattern OFFSET =
            Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{1,2})(?::?(\\d{1,2}))?)?");
    private static final long MICROS = 1_000_000L;

    private final ZoneId zone;

    public DateTimeText(ZoneId zone) {
        this.zone = zone;
    }

    /// Days since the epoch.
    public Integer date(String text) {
        String trimmed = text.strip();
        Integer special = specialDate(trimmed);
        if (special != null) {
            return special;
        }
        Matcher match = DATE.matcher(trimmed);
        if (!match.matches()) {
            return null;
        }
        try {
            return Math.toIntExact(day(match).toEpochDay());
        } catch (DateTimeException | ArithmeticException invalid) {
            return null;
        }
    }

    private Integer specialDate(String text) {
        long today = LocalDate.now(zone).toEpochDay();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "epoch" -> 0;
            case "now", "today" -> (int) today;
            case "yesterday" -> (int) today - 1;
            case "tomorrow" -> (int) today + 1;
            default -> null;
        };
    }

    private static LocalDate day(Matcher match) {
        return LocalDate.of(
                Integer.parseInt(match.group(1)), number(match, 2, 1), number(match, 3, 1));
    }

    private static int number(Matcher match, int group, int otherwise) {
        return match.group(group) == null ? otherwise : Integer.parseInt(match.group(group));
    }

    /// Whether the text ends with a time zone.
    public boolean namesZone(String text) {
        Matcher match = TIMESTAMP.matcher(text.strip());
        return match.matches() && match.group(9) != null;
    }

    /// Microseconds since the epoch.
    public Long timestamp(String text) {
        String trimmed = text.strip();
        Long special = specialTimestamp(trimmed);
        if (special != null) {
            return special;
        }
        Matcher match = TIMESTAMP.matcher(trimmed);
        if (trimmed.isEmpty() || !match.matches()) {
            return null;
        }
        try {
            ZoneId in = match.group(9) == null ? zone : zone(match.group(9).strip());
            return in == null ? null : micros(moment(match, in).atZone(in).toInstant());
        } catch (DateTimeException | ArithmeticException invalid) {
            return null;
        }
    }

    /// Microseconds since the epoch of the local time; a zone in the text is ignored.
    public Long localTimestamp(String text) {
        String trimmed = text.strip();
        Matcher match = TIMESTAMP.matcher(trimmed);
        if (trimmed.isEmpty() || !match.matches() || match.group(1) == null) {
            return null;
        }
        try {
            return micros(moment(match, ZoneOffset.UTC).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException invalid) {
            return null;
        }
    }

    /// `epoch`, `now`, `today` and their kin. A zone behind them must exist, and changes nothing:
    /// days are those of the session's zone.
    private Long specialTimestamp(String text) {
        String[] words = text.split("\\s+", 2);
        if (words.length > 1 && zone(words[1]) == null) {
            return null;
        }
        LocalDate today = LocalDate.now(zone);
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "epoch" -> 0L;
            case "now" -> micros(Instant.now());
            case "today" -> micros(today.atStartOfDay(zone).toInstant());
            case "yesterday" -> micros(today.minusDays(1).atStartOfDay(zone).toInstant());
            case "tomorrow" -> micros(today.plusDays(1).atStartOfDay(zone).toInstant());
            default -> null;
        };
    }

    private static LocalDateTime moment(Matcher match, ZoneId zone) {
        boolean hasTime = match.group(5) != null;
        if (match.group(1) == null && !hasTime) {
            throw new DateTimeException("neither date nor time");
        }
        if (hasTime
                && match.group(1) != null
                && (match.group(3) == null || match.group(4).isEmpty())) {
            throw new DateTimeException("time after an incomplete date");
        }
        LocalDate day = match.group(1) == null ? LocalDate.now(zone) : day(match);
        return LocalDateTime.of(day, hasTime ? clock(match, 5) : LocalTime.MIDNIGHT);
    }

    private static LocalTime clock(Matcher match, int first) {
        return LocalTime.of(
                Integer.parseInt(match.group(first)),
                Integer.parseInt(match.group(first + 1)),
                number(match, first + 2, 0),
                microsOfSecond(match.group(first + 3)) * 1000);
    }

    private static int microsOfSecond(String digits) {
        return digits == null || digits.isEmpty()
                ? 0
                : Integer.parseInt((digits + "000000").substring(0, 6));
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS),
                instant.get(ChronoField.MICRO_OF_SECOND));
    }

    /// A time zone by region, offset (`+1`, `+01:00`, `GMT+1`) or `Z`; null when it is none.
    static ZoneId zone(String text) {
        String plain =
                text.toUpperCase(Locale.ROOT).startsWith("GMT")
                                || text.toUpperCase(Locale.ROOT).startsWith("UTC")
                        ? text.substring(3)
                        : text;
        Matcher match = OFFSET.matcher(plain);
        try {
            if (match.matches()) {
                int sign = match.group(1).equals("-") ? -1 : 1;
                return ZoneOffset.ofHoursMinutesSeconds(
                        sign * Integer.parseInt(match.group(2)),
                        sign * number(match, 3, 0),
                        sign * number(match, 4, 0));
            }
            return ZoneId.of(text.equalsIgnoreCase("z") ? "Z" : text, ZoneId.SHORT_IDS);
        } catch (DateTimeException invalid) {
            return null;
        }
    }

    /// Nanoseconds of the day.
    public Long time(String text) {
        Matcher match = TIME.matcher(text.strip());
        if (!match.matches()) {
            return null;
        }
        try {
            int hour = Integer.parseInt(match.group(1));
            String half = match.group(5);
            if (half != null) {
                if (hour < 1 || hour > 12) {
                    return null;
                }
                hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
            }
            return LocalTime.of(
                            hour,
                            Integer.parseInt(match.group(2)),
                            number(match, 3, 0),
                            microsOfSecond(match.group(4)) * 1000)
                    .toNanoOfDay();
        } catch (DateTimeException invalid) {
            return null;
        }
    }
}
