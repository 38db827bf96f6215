package io.troupe.columnar.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A path such as `$.a['b'][0].*` into a JSON value.
public final class JsonPath {
    private sealed interface Step {}

    private record Name(String name) implements Step {}

    private record Index(int index) implements Step {}

    private record Every(boolean array) implements Step {}

    private final List<Step> steps = new ArrayList<>();
    private boolean wildcards;

    private JsonPath() {}

    /// The path, or null when the text is none.
    public static JsonPath parse(String text) {
        JsonPath path = new JsonPath();
        if (!text.startsWith("$")) {
            return null;
        }
        int at = 1;
        while (at < text.length()) {
            at =
                    text.charAt(at) == '.'
                            ? path.name(text, at + 1)
                            : text.charAt(at) == '[' ? path.bracket(text, at + 1) : -1;
            if (at < 0) {
                return null;
            }
        }
        return path;
    }

    private int name(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
            end++;
        }
        if (end == from) {
            return -1;
        }
        String name = text.substring(from, end);
        wildcards |= name.equals("*");
        steps.add(name.equals("*") ? new Every(false) : new Name(name));
        return end;
    }

    private int bracket(String text, int from) {
        int end = text.indexOf(']', from);
        if (end < 0) {
            return -1;
        }
        String inside = text.substring(from, end).strip();
        if (inside.equals("*")) {
            wildcards = true;
            steps.add(new Every(true));
        } else if (inside.startsWith("'") || inside.startsWith("\"")) {
            char quote = inside.charAt(0);
            int close = text.indexOf(quote + "]", from + 1);
            if (close < 0) {
                return -1;
            }
            steps.add(new Name(text.substring(text.indexOf(quote, from) + 1, close)));
            return close + 2;
        } else if (inside.matches("\\d{1,9}")) {
            steps.add(new Index(Integer.parseInt(inside)));
        } else {
            return -1;
        }
        return end + 1;
    }

    /// The values at the path; with wildcards any number of them.
    public List<Object> find(Object root) {
        List<Object> found = new ArrayList<>();
        find(root, 0, found);
        return found;
    }

    public boolean hasWildcards() {
        return wildcards;
    }

    private void find(Object value, int step, List<Object> found) {
        if (step == steps.size()) {
            found.add(value);
            return;
        }
        switch (steps.get(step)) {
            case Name(String name) -> {
                if (value instanceof Map<?, ?> fields && fields.containsKey(name)) {
                    find(fields.get(name), step + 1, found);
                } else if (value instanceof List<?> items && wildcards) {
                    items.forEach(item -> find(item, step, found));
                }
            }
            case Index(int index) -> {
                if (value instanceof List<?> items && index < items.size()) {
                    find(items.get(index), step + 1, found);
                }
            }
            case Every(boolean array) -> {
                if (value instanceof List<?> items) {
                    items.forEach(item -> find(item, step + 1, found));
                } else if (value instanceof Map<?, ?> fields && !array) {
                    fields.values().forEach(item -> find(item, step + 1, found));
                }
            }
        }
    }

    /// What `get_json_object` gives: the text of a string, JSON of anything else; null for nothing
    /// and for JSON's null.
    public String text(Object root) {
        List<Object> found = find(root);
        if (wildcards) {
            return found.isEmpty()
                    ? null
                    : found.size() == 1 ? JsonTree.write(found.getFirst()) : JsonTree.write(found);
        }
        if (found.isEmpty() || found.getFirst() == JsonTree.NULL) {
            return null;
        }
        return found.getFirst() instanceof String text ? text : JsonTree.write(found.getFirst());
    }
}
