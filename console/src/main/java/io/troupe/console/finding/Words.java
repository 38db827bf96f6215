package io.troupe.console.finding;

import io.troupe.console.model.QueryModel;
import java.util.Locale;

/// Figures as people read them: `3.4 MiB`, `1.5 s`, `12,345`.
public final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Words() {}

    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    public static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 10 ? "%.0f ms" : "%.1f ms", millis);
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    public static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    public static String times(double factor) {
        return String.format(Locale.ROOT, factor >= 10 ? "%.0f times" : "%.1f times", factor);
    }

    /// ` (job.py:12)`, or nothing where the line is not known.
    public static String at(QueryModel.Operator operator) {
        return at(operator.line());
    }

    /// The same of a line.
    static String at(String line) {
        int slash = Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\'));
        return line.isEmpty() ? "" : " (" + line.substring(slash + 1) + ")";
    }

    /// The text, cut where it is long.
    public static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
