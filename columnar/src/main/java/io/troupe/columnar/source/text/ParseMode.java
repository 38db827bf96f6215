package io.troupe.columnar.source.text;

import java.util.Locale;
import java.util.Map;

/// What a malformed record becomes.
public enum ParseMode {
    /// Nulls where values are malformed, and the record's text in the corrupt-record column.
    PERMISSIVE,
    DROPMALFORMED,
    FAILFAST;

    public static final String CORRUPT_COLUMN = "_corrupt_record";

    public static ParseMode of(Map<String, String> options) {
        return switch (options.getOrDefault("mode", "PERMISSIVE").toUpperCase(Locale.ROOT)) {
            case "DROPMALFORMED" -> DROPMALFORMED;
            case "FAILFAST" -> FAILFAST;
            default -> PERMISSIVE;
        };
    }

    public static String corruptColumn(Map<String, String> options) {
        return options.getOrDefault(
                "columnnameofcorruptrecord",
                options.getOrDefault("spark.sql.columnnameofcorruptrecord", CORRUPT_COLUMN));
    }
}
