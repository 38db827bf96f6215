package io.troupe.driver.job;

import io.troupe.planner.error.TroupeException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time such as `100ms`, `30s`, `5min`, `1h`; a bare number is seconds.
public final class TimeText {
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|min|h|d|)");

    private TimeText() {}

    /// Milliseconds of a setting's text.
    ///
    /// @throws TroupeException when it is no length of time
    public static long millis(String setting, String text) {
        Matcher match = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new TroupeException(
                    TroupeException.Kind.IllegalArgumentException,
                    "INVALID_CONF_VALUE",
                    "22022",
                    "The value '"
                            + text
                            + "' in the config \""
                            + setting
                            + "\" is invalid. It must be a time such as 100ms, 30s, 5min or 1h.",
                    Map.of("confName", setting, "confValue", text));
        }
        TimeUnit unit =
                switch (match.group(2)) {
                    case "ms" -> TimeUnit.MILLISECONDS;
                    case "m", "min" -> TimeUnit.MINUTES;
                    case "h" -> TimeUnit.HOURS;
                    case "d" -> TimeUnit.DAYS;
                    default -> TimeUnit.SECONDS;
                };
        return unit.toMillis(Long.parseLong(match.group(1)));
    }
}
