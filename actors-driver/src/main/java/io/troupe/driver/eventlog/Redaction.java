package io.troupe.driver.eventlog;

import java.util.regex.Pattern;

/// Keeps secrets out of what is written down.
final class Redaction {
    private static final Pattern SECRET =
            Pattern.compile("(?i)secret|password|passwd|token|access[._-]?key|credential");

    private Redaction() {}

    /// The value of a setting, or a mark if its name says that it is a secret.
    static String of(String name, String value) {
        return SECRET.matcher(name).find() ? "(redacted)" : value;
    }
}
