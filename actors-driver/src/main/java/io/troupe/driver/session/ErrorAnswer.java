package io.troupe.driver.session;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// An exception as the client reads it.
final class ErrorAnswer {
    private static final int MAX_TRACE = 20_000;

    private ErrorAnswer() {}

    static Map<String, Object> of(Throwable failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        if (failure instanceof TroupeException known) {
            error.put("class", known.kind().name());
            error.put("condition", known.condition());
            error.put("sqlState", known.sqlState());
            error.put("message", known.getMessage());
            error.put("parameters", known.parameters());
            error.put("site", known.site());
            error.put("pythonTraceback", known.pythonTraceback());
        } else if (failure instanceof IllegalArgumentException) {
            error.put("class", TroupeException.Kind.IllegalArgumentException.name());
            error.put("message", failure.getMessage());
            error.put("parameters", Map.of());
        } else {
            error.put("class", TroupeException.Kind.SparkException.name());
            error.put("condition", "INTERNAL_ERROR");
            error.put("sqlState", "XX000");
            error.put("message", "[INTERNAL_ERROR] " + failure + " SQLSTATE: XX000");
            error.put("parameters", Map.of("message", String.valueOf(failure)));
        }
        error.put("jvmTrace", trace(failure));
        return error;
    }

    static String json(Throwable failure) {
        return Json.write(of(failure));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        String trace = text.toString();
        return trace.length() <= MAX_TRACE ? trace : trace.substring(0, MAX_TRACE) + "\n…";
    }
}
