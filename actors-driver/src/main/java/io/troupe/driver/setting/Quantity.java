package io.troupe.driver.setting;

import io.troupe.planner.error.TroupeException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings that are a number with a unit.
public enum Quantity {
    /// Bytes, such as `512m`, `10485760b`, `-1`; a bare number is bytes.
    SIZE(
            "(-?\\d{1,18})\\s*([bkmgt]?)b?",
            "size such as 512m or 4g",
            Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40)),

    /// Milliseconds, such as `100ms`, `30s`, `5min`, `1h`; a bare number is seconds.
    TIME(
            "(\\d{1,12})\\s*(ms|s|m|min|h|d|)",
            "time such as 100ms, 30s, 5min or 1h",
            Map.of(
                    "",
                    1_000L,
                    "ms",
                    1L,
                    "s",
                    1_000L,
                    "m",
                    60_000L,
                    "min",
                    60_000L,
                    "h",
                    3_600_000L,
                    "d",
                    86_400_000L));

    private final Pattern form;
    private final String wanted;
    private final Map<String, Long> units;

    Quantity(String form, String wanted, Map<String, Long> units) {
        this.form = Pattern.compile(form);
        this.wanted = wanted;
        this.units = units;
    }

    /// The number that a setting's text means.
    ///
    /// @throws TroupeException naming the setting, when the text is no such quantity or too large
    public long of(String setting, String text) {
        Matcher match = form.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (match.matches()) {
            try {
                return Math.multiplyExact(
                        Long.parseLong(match.group(1)), units.get(match.group(2)));
            } catch (ArithmeticException e) {
                throw invalid(setting, text);
            }
        }
        throw invalid(setting, text);
    }

    private TroupeException invalid(String setting, String text) {
        return new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "INVALID_CONF_VALUE",
                "22022",
                "The value '"
                        + text
                        + "' in the config \""
                        + setting
                        + "\" is invalid. It must be a "
                        + wanted
                        + ".",
                Map.of("confName", setting, "confValue", text));
    }
}
