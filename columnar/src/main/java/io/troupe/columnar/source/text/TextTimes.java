package io.troupe.columnar.source.text;

import io.troupe.columnar.time.PatternText;
import io.troupe.columnar.time.TimeParser;
import io.troupe.columnar.time.ZoneClock;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

/// Dates and times in text files: by the user's patterns, else in the forms that casts accept. Each
/// method tells by [#good()] whether the text was well-formed. Not thread-safe.
public final class TextTimes {
    private final TimeParser parser = new TimeParser();
    private final ZoneClock clock;
    private final PatternText datePattern;
    private final PatternText timestampPattern;
    private final PatternText localPattern;
    private boolean good;

    /// @param options dateformat, timestampformat, timestampntzformat, timezone
    public TextTimes(Map<String, String> options, String sessionZone) {
        this.clock = new ZoneClock(ZoneId.of(options.getOrDefault("timezone", sessionZone)));
        this.datePattern = pattern(options.get("dateformat"));
        this.timestampPattern = pattern(options.get("timestampformat"));
        this.localPattern = pattern(options.get("timestampntzformat"));
    }

    private static PatternText pattern(String pattern) {
        return pattern == null ? null : new PatternText(pattern);
    }

    public boolean good() {
        return good;
    }

    private static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    /// Days since the epoch.
    public int date(byte[] data, int from, int to) {
        if (datePattern != null) {
            good = datePattern.parse(text(data, from, to)) == null;
            return good ? (int) Math.floorDiv(datePattern.local(), ZoneClock.DAY) : 0;
        }
        good = parser.date(data, from, to);
        return good ? parser.days() : 0;
    }

    /// Microseconds since the epoch.
    public long timestamp(byte[] data, int from, int to) {
        try {
            if (timestampPattern != null) {
                good = timestampPattern.parse(text(data, from, to)) == null;
                if (!good) {
                    return 0;
                }
                ZoneId zone = timestampPattern.zone();
                return zone == null
                        ? clock.toInstant(timestampPattern.local())
                        : new ZoneClock(zone).toInstant(timestampPattern.local());
            }
            good = parser.timestamp(data, from, to) && parser.hasDate();
            return good ? parser.instant(clock) : 0;
        } catch (DateTimeException malformed) {
            good = false;
            return 0;
        }
    }

    /// Microseconds of the local time since 1970-01-01 00:00.
    public long local(byte[] data, int from, int to) {
        if (localPattern != null) {
            good = localPattern.parse(text(data, from, to)) == null;
            return good ? localPattern.local() : 0;
        }
        good = parser.timestamp(data, from, to) && parser.hasDate();
        return good ? parser.local() : 0;
    }

    /// Nanoseconds of the day.
    public long time(byte[] data, int from, int to) {
        good = parser.time(data, from, to);
        return good ? parser.micros() * 1000 : 0;
    }

    /// Whether the text is a date in the form that schema inference looks for: the pattern's, or
    /// `yyyy-MM-dd`.
    public boolean isPlainDate(byte[] data, int from, int to) {
        if (datePattern != null) {
            return datePattern.parse(text(data, from, to)) == null;
        }
        return to - from == 10
                && data[from + 4] == '-'
                && data[from + 7] == '-'
                && parser.date(data, from, to);
    }
}
