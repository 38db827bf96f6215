package io.troupe.columnar.time;

import java.time.DateTimeException;
import java.time.ZoneId;

/// Reads dates and timestamps from strings as casts do: `y-m-d`, `y-m`, `y`, a time after a blank
/// or `T`, a fraction of any length (cut to microseconds) and a zone. Years have 4 to 7 digits. Not
/// thread-safe: the parts of the last text stay in it.
public final class TimeParser {
    private static final int MAX_YEAR_DIGITS = 7;

    private byte[] text;
    private int at;
    private int end;
    private int days;
    private long micros;
    private boolean hasDate;
    private String zone;

    /// Whether the text is a date; [#days()] gives it.
    public boolean date(byte[] data, int from, int to) {
        if (!start(data, from, to) || !readDate()) {
            return false;
        }
        return at == end || text[at] == ' ' || text[at] == 'T';
    }

    public int days() {
        return days;
    }

    /// Whether the text is a timestamp with date; then [#local()] is its local time and [#zone()]
    /// its zone, if any.
    public boolean timestamp(byte[] data, int from, int to) {
        if (!start(data, from, to)) {
            return false;
        }
        micros = 0;
        zone = null;
        int begin = at;
        hasDate = readDate();
        if (hasDate) {
            if (at == end) {
                return true;
            }
            if (text[at] != ' ' && text[at] != 'T') {
                return false;
            }
            at++;
            return at == end ? text[at - 1] == ' ' : readTime() && readZone();
        }
        at = begin;
        if (text[at] == 'T') {
            at++;
        }
        return readTime() && readZone();
    }

    /// Whether the text is a time of day `h:m[:s[.f]]`; [#micros()] gives it.
    public boolean time(byte[] data, int from, int to) {
        micros = 0;
        return start(data, from, to) && readTime() && at == end;
    }

    /// False when the text was a time only.
    public boolean hasDate() {
        return hasDate;
    }

    public long micros() {
        return micros;
    }

    public long local() {
        return days * ZoneClock.DAY + micros;
    }

    /// The zone in the text, or null.
    public String zone() {
        return zone;
    }

    /// The instant of the last timestamp; throws DateTimeException for an unknown zone.
    public long instant(ZoneClock session) {
        long day = hasDate ? days * ZoneClock.DAY : 0;
        if (zone == null) {
            return session.toInstant(day + micros);
        }
        String id =
                zone.replaceFirst("^([+-])(\\d):", "$10$2:")
                        .replaceFirst("^([+-]\\d\\d):(\\d)$", "$1:0$2");
        return new ZoneClock(ZoneId.of(id, ZoneId.SHORT_IDS)).toInstant(day + micros);
    }

    private boolean start(byte[] data, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && data[first] >= 0 && data[first] <= ' ') {
            first++;
        }
        while (first < last && data[last - 1] >= 0 && data[last - 1] <= ' ') {
            last--;
        }
        text = data;
        at = first;
        end = last;
        return first < last;
    }

    private boolean readDate() {
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        int begin = at;
        long year = number(MAX_YEAR_DIGITS);
        int digits = at - begin;
        if (digits < 4) {
            return false;
        }
        int month = 1;
        int day = 1;
        if (at < end && text[at] == '-') {
            at++;
            month = (int) number(2);
            if (month < 1 || month > 12) {
                return false;
            }
            if (at < end && text[at] == '-') {
                at++;
                day = (int) number(2);
            }
        }
        long signed = negative ? -year : year;
        if (!CivilDate.isValid(signed, month, day)
                || at < end && text[at] >= '0' && text[at] <= '9') {
            return false;
        }
        long epoch = CivilDate.epochDay(signed, month, day);
        days = (int) epoch;
        return days == epoch;
    }

    /// The digits here, at most `limit`; -1 when there are none.
    private long number(int limit) {
        long value = 0;
        int begin = at;
        while (at < end && at - begin < limit && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at++] - '0';
        }
        return at == begin ? -1 : value;
    }

    private boolean readTime() {
        long hour = number(2);
        if (hour < 0 || hour > 23 || at == end || text[at] != ':') {
            return false;
        }
        at++;
        long minute = number(2);
        if (minute < 0 || minute > 59) {
            return false;
        }
        long second = 0;
        long fraction = 0;
        if (at < end && text[at] == ':') {
            at++;
            second = number(2);
            if (second < 0 || second > 59) {
                return false;
            }
            if (at < end && text[at] == '.') {
                at++;
                fraction = fraction();
            }
        }
        micros = ((hour * 60 + minute) * 60 + second) * ZoneClock.SECOND + fraction;
        return true;
    }

    private long fraction() {
        long value = 0;
        int digits = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            if (digits < 6) {
                value = value * 10 + text[at] - '0';
                digits++;
            }
            at++;
        }
        for (; digits < 6; digits++) {
            value *= 10;
        }
        return value;
    }

    private boolean readZone() {
        if (at == end) {
            return true;
        }
        zone = new String(text, at, end - at, java.nio.charset.StandardCharsets.UTF_8).trim();
        try {
            String id =
                    zone.replaceFirst("^([+-])(\\d):", "$10$2:")
                            .replaceFirst("^([+-]\\d\\d):(\\d)$", "$1:0$2");
            ZoneId.of(id, ZoneId.SHORT_IDS);
            return true;
        } catch (DateTimeException unknownZone) {
            zone = null;
            return false;
        }
    }
}
