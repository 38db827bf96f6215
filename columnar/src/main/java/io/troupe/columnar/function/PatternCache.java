package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The compiled form of the last pattern asked for.
final class PatternCache {
    private final String function;
    private final int flags;
    private String text;
    private Pattern pattern;

    PatternCache(String function) {
        this(function, 0);
    }

    PatternCache(String function, int flags) {
        this.function = function;
        this.flags = flags;
    }

    Pattern get(String regex) {
        if (!regex.equals(text)) {
            try {
                pattern = Pattern.compile(regex, flags);
            } catch (PatternSyntaxException malformed) {
                RuntimeException failure =
                        Failures.parameter(
                                "PATTERN", function, "regexp", "value", "'" + regex + "'");
                failure.initCause(malformed);
                throw failure;
            }
            text = regex;
        }
        return pattern;
    }
}
