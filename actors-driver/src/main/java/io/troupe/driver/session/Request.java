package io.troupe.driver.session;

import io.troupe.planner.json.Json;
import java.util.List;
import java.util.Map;

/// A client's request: a JSON object with an `op`. Accessors name the missing or ill-typed member
/// in their error.
final class Request {
    private final Map<String, Object> members;

    private Request(Map<String, Object> members) {
        this.members = members;
    }

    static Request parse(String text) {
        return new Request(Json.parseObject(text));
    }

    String op() {
        return text("op");
    }

    /// The user's line, such as `job.py:12`, or null.
    String site() {
        return members.get("site") instanceof String site ? site : null;
    }

    Object get(String name) {
        return members.get(name);
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw bad(name, "a string");
    }

    String text(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    long number(String name) {
        if (members.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw bad(name, "a number");
    }

    long number(String name, long otherwise) {
        return members.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad(name, "a list");
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    Map<String, String> textMap(String name) {
        if (members.get(name) instanceof Map<?, ?> map) {
            Map<String, String> texts = new java.util.LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (value != null) {
                    texts.put(String.valueOf(key), String.valueOf(value));
                }
            });
            return texts;
        }
        return Map.of();
    }

    private IllegalArgumentException bad(String name, String wanted) {
        return new IllegalArgumentException(
                "The request "
                        + members.get("op")
                        + " needs the member "
                        + name
                        + " as "
                        + wanted
                        + ".");
    }
}
