package io.troupe.console.page;

import java.util.LinkedHashMap;
import java.util.Map;

/// A JSON object in the making.
final class Row {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Row put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    Map<String, Object> done() {
        return fields;
    }
}
