package io.troupe.planner.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A JSON object with typed members; a missing or wrongly typed member raises an error that names
/// it.
public final class JsonObject {
    private final Map<String, Object> members;

    @SuppressWarnings("unchecked")
    public JsonObject(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("expected a JSON object, found " + describe(value));
        }
        this.members = (Map<String, Object>) map;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public Object get(String name) {
        return members.get(name);
    }

    public Map<String, Object> members() {
        return members;
    }

    public String text(String name) {
        return typed(name, String.class);
    }

    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public long number(String name) {
        return typed(name, Long.class);
    }

    public long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    public double real(String name) {
        return typed(name, Number.class).doubleValue();
    }

    public boolean flag(String name, boolean otherwise) {
        return has(name) ? typed(name, Boolean.class) : otherwise;
    }

    public JsonObject object(String name) {
        return new JsonObject(typed(name, Map.class));
    }

    /// The members of a JSON array, none when it is missing or null.
    public List<Object> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        return new ArrayList<Object>(typed(name, List.class));
    }

    public <T> List<T> list(String name, Function<Object, T> convert) {
        List<T> converted = new ArrayList<>();
        list(name).forEach(item -> converted.add(convert.apply(item)));
        return converted;
    }

    public List<String> texts(String name) {
        return list(name, item -> item == null ? null : item.toString());
    }

    /// A JSON object of scalars as texts, empty when missing.
    public Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        if (has(name)) {
            object(name)
                    .members
                    .forEach((key, value) -> map.put(key, value == null ? null : value.toString()));
        }
        return map;
    }

    private <T> T typed(String name, Class<T> type) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "member '"
                            + name
                            + "' of the request must be a "
                            + type.getSimpleName()
                            + ", found "
                            + describe(value)
                            + " in "
                            + abbreviated());
        }
        return type.cast(value);
    }

    private String abbreviated() {
        String text = members.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static String describe(Object value) {
        return value == null ? "nothing" : value.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
