package io.troupe.console.http;

import io.troupe.planner.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What is answered.
///
/// @param status of HTTP
/// @param type the media type
/// @param body its bytes
public record Answer(int status, String type, byte[] body) {
    private static final String JSON = "application/json; charset=utf-8";

    /// A JSON document.
    public static Answer json(Object value) {
        return json(200, value);
    }

    static Answer json(int status, Object value) {
        return text(status, JSON, Json.write(value));
    }

    /// A text of some type.
    public static Answer text(int status, String type, String text) {
        return new Answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String message) {
        return json(status, Map.of("status", status, "message", message));
    }
}
