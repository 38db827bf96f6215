package io.troupe.columnar.time;

import io.troupe.columnar.kernel.Failures;
import io.troupe.planner.error.TroupeException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/// Writes and reads times by a Spark datetime pattern (`yyyy-MM-dd HH:mm:ss`): Java's letters, less
/// the week-based ones. Patterns of plain numbers are written without Java's formatter. Not
/// thread-safe.
public final class PatternText {
    private static final String WEEK_LETTERS = "YWwuec";
    private static final String ILLEGAL_LETTERS = "ABnNpTUCIJPRbfgijlortv";

    private final String pattern;
    private final boolean plain;
    private DateTimeFormatter writer;
    private DateTimeFormatter reader;
    private TemporalAccessor parsed;

    public PatternText(String pattern) {
        this.pattern = pattern;
        check(pattern);
        plain = isPlain(pattern);
    }

    private static void check(String pattern) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            quoted ^= letter == '\'';
            if (quoted) {
                continue;
            }
            if (WEEK_LETTERS.indexOf(letter) >= 0) {
                throw Failures.of(
                        TroupeException.Kind.SparkUpgradeException,
                        "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN",
                        "c",
                        Character.toString(letter));
            }
            if (ILLEGAL_LETTERS.indexOf(letter) >= 0) {
                throw Failures.argument(
                        "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
                        "pattern",
                        pattern,
                        "c",
                        "'" + letter + "'");
            }
        }
    }

    private static RuntimeException unrecognised(String pattern, Exception cause) {
        RuntimeException failure =
                Failures.of(
                        TroupeException.Kind.SparkUpgradeException,
                        "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                        "pattern",
                        "'" + pattern + "'",
                        "config",
                        "\"spark.sql.legacy.timeParserPolicy\"");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    private static boolean isPlain(String pattern) {
        int i = 0;
        while (i < pattern.length()) {
            char letter = pattern.charAt(i);
            int run = run(pattern, i);
            boolean known =
                    switch (letter) {
                        case 'y' -> run == 4;
                        case 'M', 'd', 'H', 'm', 's' -> run == 2;
                        case 'S' -> run <= 6;
                        default -> !Character.isLetter(letter) && "'[]#{}".indexOf(letter) < 0;
                    };
            if (!known) {
                return false;
            }
            i += run;
        }
        return true;
    }

    private static int run(String pattern, int at) {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
            end++;
        }
        return end - at;
    }

    /// The text of a local time; the zone and the offset are for patterns that name them.
    public String format(long local, ZoneId zone, long offset) {
        long year = CivilDate.pack((int) Math.floorDiv(local, ZoneClock.DAY)) >> 9;
        if (plain && year >= 0 && year <= 9999) {
            return plain(local);
        }
        if (writer == null) {
            writer = formatter(false);
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(local, ZoneClock.SECOND),
                        (int) Math.floorMod(local, ZoneClock.SECOND) * 1000,
                        ZoneOffset.UTC);
        ZoneOffset shift = ZoneOffset.ofTotalSeconds((int) (offset / ZoneClock.SECOND));
        return writer.format(java.time.ZonedDateTime.ofLocal(time, zone, shift));
    }

    private String plain(long local) {
        StringBuilder text = new StringBuilder(pattern.length() + 2);
        long packed = CivilDate.pack((int) Math.floorDiv(local, ZoneClock.DAY));
        long micros = Math.floorMod(local, ZoneClock.DAY);
        int seconds = (int) (micros / ZoneClock.SECOND);
        for (int i = 0; i < pattern.length(); ) {
            int run = run(pattern, i);
            switch (pattern.charAt(i)) {
                case 'y' -> TimeText.pad(text, packed >> 9, 4);
                case 'M' -> TimeText.pad(text, packed >> 5 & 15, 2);
                case 'd' -> TimeText.pad(text, packed & 31, 2);
                case 'H' -> TimeText.pad(text, seconds / 3600, 2);
                case 'm' -> TimeText.pad(text, seconds / 60 % 60, 2);
                case 's' -> TimeText.pad(text, seconds % 60, 2);
                case 'S' -> {
                    int start = text.length();
                    TimeText.pad(text, micros % ZoneClock.SECOND, 6);
                    text.setLength(start + run);
                }
                default -> text.append(pattern, i, i + run);
            }
            i += run;
        }
        return text.toString();
    }

    /// The calendar year stands in for the year of the era unless the pattern has an era.
    private DateTimeFormatter formatter(boolean parsing) {
        try {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive();
            append(builder, pattern.indexOf('G') < 0, parsing);
            return builder.toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException malformed) {
            throw unrecognised(pattern, malformed);
        }
    }

    private void append(DateTimeFormatterBuilder builder, boolean calendarYear, boolean parsing) {
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); ) {
            char letter = pattern.charAt(i);
            int run = letter == '\'' ? 1 : run(pattern, i);
            quoted ^= letter == '\'';
            if (!quoted && letter == 'S' && parsing) {
                builder.appendPattern(part.toString());
                part.setLength(0);
                builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, Math.min(9, run), false);
            } else if (!quoted && letter == 'y' && calendarYear) {
                part.append("u".repeat(run));
            } else {
                part.append(pattern, i, i + run);
            }
            i += run;
        }
        builder.appendPattern(part.toString());
    }

    /// Reads a text; null when it is well-formed, else what is wrong with it.
    public String parse(String text) {
        if (reader == null) {
            reader = formatter(true);
        }
        try {
            parsed = reader.parse(text);
            local();
            return null;
        } catch (DateTimeException malformed) {
            return malformed.getMessage();
        }
    }

    /// Local microseconds of the last text; parts that it lacks are those of 1970-01-01 00:00:00.
    public long local() {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null) {
            date =
                    LocalDate.of(
                            part(ChronoField.YEAR, 1970),
                            part(ChronoField.MONTH_OF_YEAR, 1),
                            part(ChronoField.DAY_OF_MONTH, 1));
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time == null) {
            int half = part(ChronoField.AMPM_OF_DAY, 0) * 12 + part(ChronoField.HOUR_OF_AMPM, 0);
            time =
                    LocalTime.of(
                            part(ChronoField.HOUR_OF_DAY, half),
                            part(ChronoField.MINUTE_OF_HOUR, 0),
                            part(ChronoField.SECOND_OF_MINUTE, 0),
                            part(ChronoField.NANO_OF_SECOND, 0));
        }
        return Math.addExact(
                Math.multiplyExact(date.toEpochDay(), ZoneClock.DAY), time.toNanoOfDay() / 1000);
    }

    private int part(ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    /// The zone in the last text, or null.
    public ZoneId zone() {
        return parsed.query(TemporalQueries.zone());
    }
}
