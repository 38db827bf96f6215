package io.troupe.driver.command;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The patterns of SHOW: `*` for any text, `|` between alternatives, case ignored, the rest a
/// regular expression.
final class NamePattern {
    private final List<Pattern> alternatives;

    /// @param text null for all names
    NamePattern(String text) {
        String given = text == null ? "*" : text.strip();
        this.alternatives = Arrays.stream(given.split("\\|")).map(NamePattern::compiled).toList();
    }

    private static Pattern compiled(String part) {
        try {
            return Pattern.compile("(?i)" + part.replace("*", ".*"));
        } catch (PatternSyntaxException notAnExpression) {
            return Pattern.compile("(?i)" + Pattern.quote(part));
        }
    }

    boolean matches(String name) {
        return alternatives.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
