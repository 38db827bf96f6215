package io.troupe.columnar.time;

/// Writes dates and times as casts to string do: `2024-01-31`, `2024-01-31 12:00:00.5`. Fractions
/// lose their trailing zeros.
public final class TimeText {
    private TimeText() {}

    public static String date(int days) {
        StringBuilder text = new StringBuilder(10);
        appendDate(text, days);
        return text.toString();
    }

    /// A timestamp without zone, given as local microseconds.
    public static String timestamp(long local) {
        StringBuilder text = new StringBuilder(26);
        appendDate(text, (int) Math.floorDiv(local, ZoneClock.DAY));
        text.append(' ');
        appendTime(text, Math.floorMod(local, ZoneClock.DAY));
        return text.toString();
    }

    /// A time of day in nanoseconds.
    public static String time(long nanos) {
        StringBuilder text = new StringBuilder(15);
        appendTime(text, nanos / 1000);
        return text.toString();
    }

    private static void appendDate(StringBuilder text, int days) {
        long packed = CivilDate.pack(days);
        long year = packed >> 9;
        if (year > 9999) {
            text.append('+').append(year);
        } else if (year < 0) {
            text.append('-');
            pad(text, -year, 4);
        } else {
            pad(text, year, 4);
        }
        text.append('-');
        pad(text, packed >> 5 & 15, 2);
        text.append('-');
        pad(text, packed & 31, 2);
    }

    private static void appendTime(StringBuilder text, long micros) {
        long seconds = micros / ZoneClock.SECOND;
        pad(text, seconds / 3600, 2);
        text.append(':');
        pad(text, seconds / 60 % 60, 2);
        text.append(':');
        pad(text, seconds % 60, 2);
        fraction(text, micros % ZoneClock.SECOND);
    }

    /// `.5` for 500,000 microseconds, nothing for 0.
    static void fraction(StringBuilder text, long micros) {
        if (micros != 0) {
            text.append('.');
            int start = text.length();
            pad(text, micros, 6);
            int end = text.length();
            while (text.charAt(end - 1) == '0' && end > start) {
                end--;
            }
            text.setLength(end);
        }
    }

    static void pad(StringBuilder text, long number, int digits) {
        String shown = Long.toString(number);
        for (int i = shown.length(); i < digits; i++) {
            text.append('0');
        }
        text.append(shown);
    }
}
