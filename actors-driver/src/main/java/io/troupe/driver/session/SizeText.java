package io.troupe.driver.session;

import io.troupe.planner.error.TroupeException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes such as `512m`, `10485760b`, `-1`; a bare number is bytes.
public final class SizeText {
    private static final Pattern SIZE = Pattern.compile("(-?\\d{1,18})\\s*([bkmgt]?)b?");

    private SizeText() {}

    /// Bytes of a setting's text.
    ///
    /// @throws TroupeException when it is no size
    public static long bytes(String setting, String text) {
        Matcher match = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new TroupeException(
                    TroupeException.Kind.IllegalArgumentException,
                    "INVALID_CONF_VALUE",
                    "22022",
                    "The value '"
                            + text
                            + "' in the config \""
                            + setting
                            + "\" is invalid. It must be a size such as 512m or 4g.",
                    Map.of("confName", setting, "confValue", text));
        }
        int shift =
                switch (match.group(2)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    case "t" -> 40;
                    default -> 0;
                };
        return Math.multiplyExact(Long.parseLong(match.group(1)), 1L << shift);
    }
}
