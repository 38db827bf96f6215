package io.troupe.columnar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON as plain values: `Map<String, Object>` in order, `List<Object>`, `String`, `Boolean`,
/// [Number] with its own digits, and [#NULL].
public final class JsonTree {
    /// JSON's null, told apart from an absent value.
    public static final Object NULL =
            new Object() {
                @Override
                public String toString() {
                    return "null";
                }
            };

    /// A number as it was written.
    public record Number(String text) {
        public boolean isWhole() {
            return text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        }
    }

    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(2000)
                                    .build())
                    .build();
    private static final JsonFactory SPARK =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(2000)
                                    .build())
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private JsonTree() {}

    /// The value of a text that holds exactly one; throws IOException for anything else.
    public static Object strict(String text) throws IOException {
        return read(STRICT, text, true);
    }

    /// The first value of a text, with Spark's liberties (single quotes, NaN); null for a blank
    /// text.
    public static Object lenient(String text) throws IOException {
        return read(SPARK, text, false);
    }

    private static Object read(JsonFactory factory, String text, boolean whole) throws IOException {
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                if (whole) {
                    throw new IOException("no JSON value");
                }
                return null;
            }
            Object value = value(parser);
            if (whole && parser.nextToken() != null) {
                throw new IOException("text after the JSON value");
            }
            return value;
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> NULL;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    /// Compact JSON.
    public static String write(Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, false);
        return text.toString();
    }

    /// Compact JSON with the keys of objects in order, as variants are shown.
    public static String writeSorted(Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, true);
        return text.toString();
    }

    private static void write(StringBuilder text, Object value, boolean sorted) {
        switch (value) {
            case Map<?, ?> fields -> {
                text.append('{');
                boolean first = true;
                Map<?, ?> ordered = sorted ? new java.util.TreeMap<Object, Object>(fields) : fields;
                for (Map.Entry<?, ?> field : ordered.entrySet()) {
                    text.append(first ? "" : ",");
                    quote(text, field.getKey().toString());
                    text.append(':');
                    write(text, field.getValue(), sorted);
                    first = false;
                }
                text.append('}');
            }
            case List<?> items -> {
                text.append('[');
                for (int i = 0; i < items.size(); i++) {
                    text.append(i > 0 ? "," : "");
                    write(text, items.get(i), sorted);
                }
                text.append(']');
            }
            case String string -> quote(text, string);
            case Number number -> text.append(number.text());
            default -> text.append(value);
        }
    }

    public static void quote(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04X", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
