package io.troupe.console.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A JSON object in the making.
final class Fields {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    Fields put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /// A time as Spark writes it, and only if there is one.
    ///
    /// @param millis since the epoch, or 0
    Fields time(String name, long millis) {
        if (millis != 0) {
            fields.put(name, time(millis));
        }
        return this;
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    Map<String, Object> done() {
        return fields;
    }
}
