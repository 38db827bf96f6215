package io.troupe.driver.command;

import io.troupe.planner.json.Json;
import io.troupe.planner.type.StructField;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metadata of a column, taken apart.
final class Metadata {
    private final StructField field;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Metadata(StructField field) {
        this.field = field;
    }

    static Metadata of(StructField field) {
        Metadata metadata = new Metadata(field);
        if (Json.parse(field.metadata()) instanceof Map<?, ?> json) {
            json.forEach((key, value) -> metadata.values.put(String.valueOf(key), value));
        }
        return metadata;
    }

    /// Null when absent.
    String text(String key) {
        return values.get(key) instanceof String text ? text : null;
    }

    String comment() {
        return text("comment");
    }

    /// The SQL text of the column's default value, null for none.
    String standard() {
        return text("CURRENT_DEFAULT");
    }

    /// @param value null removes the key
    void put(String key, Object value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    StructField field() {
        return new StructField(field.name(), field.type(), field.nullable(), Json.write(values));
    }
}
