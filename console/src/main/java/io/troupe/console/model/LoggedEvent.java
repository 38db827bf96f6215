package io.troupe.console.model;

import io.troupe.planner.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A line of an event log. What is missing, or is not of the kind that is asked for, is zero or
/// empty: logs come from other versions too.
///
/// @param fields as they were written
public record LoggedEvent(Map<String, Object> fields) {
    /// Reads a line; empty if it is no JSON object.
    public static Optional<LoggedEvent> parse(String line) {
        try {
            return Optional.of(new LoggedEvent(Json.parseObject(line)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// What happened.
    public String name() {
        return text("event");
    }

    /// When, in milliseconds since the epoch.
    public long time() {
        return number("time");
    }

    /// A number, or 0.
    public long number(String field) {
        return fields.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /// A number, or another where there is none.
    public long number(String field, long otherwise) {
        return fields.get(field) instanceof Number number ? number.longValue() : otherwise;
    }

    /// A text, or an empty one.
    public String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /// An object within, or an empty one.
    @SuppressWarnings("unchecked")
    public LoggedEvent object(String field) {
        return new LoggedEvent(
                fields.get(field) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    /// The objects of an array; what is no object is empty.
    public List<LoggedEvent> objects(String field) {
        List<LoggedEvent> found = new ArrayList<>();
        if (fields.get(field) instanceof List<?> list) {
            for (Object item : list) {
                found.add(new LoggedEvent(Map.of("item", item)).object("item"));
            }
        }
        return found;
    }

    /// The numbers of an array.
    public List<Integer> integers(String field) {
        List<Integer> found = new ArrayList<>();
        if (fields.get(field) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Number number) {
                    found.add(number.intValue());
                }
            }
        }
        return found;
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(name, number.longValue());
            }
        });
        return numbers;
    }
}
