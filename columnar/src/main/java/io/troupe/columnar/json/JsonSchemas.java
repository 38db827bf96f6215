package io.troupe.columnar.json;

import io.troupe.columnar.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The type of a JSON value, in SQL's words: `STRUCT<a: BIGINT, b: ARRAY<STRING>>`.
public final class JsonSchemas {
    private JsonSchemas() {}

    /// As `schema_of_json`: whole numbers are BIGINT, others DOUBLE, null is STRING.
    public static String infer(Object json) {
        return text(typeOf(json), "STRING", false);
    }

    /// As `schema_of_variant`: objects are OBJECT, null is VOID, fractions are decimals.
    public static String inferVariant(Object json) {
        return text(variantType(json), "VOID", true);
    }

    private static Object typeOf(Object json) {
        return switch (json) {
            case Map<?, ?> fields -> {
                Map<String, Object> types = new TreeMap<>();
                fields.forEach((name, value) -> types.put((String) name, typeOf(value)));
                yield types;
            }
            case List<?> items ->
                    List.of(
                            items.stream()
                                    .map(JsonSchemas::typeOf)
                                    .reduce("NULL", JsonSchemas::merge));
            case String _ -> "STRING";
            case Boolean _ -> "BOOLEAN";
            case JsonTree.Number number -> number.isWhole() ? whole(number.text()) : "DOUBLE";
            default -> "NULL";
        };
    }

    private static String whole(String digits) {
        try {
            Long.parseLong(digits);
            return "BIGINT";
        } catch (NumberFormatException tooLarge) {
            int size = digits.replace("-", "").length();
            return size <= 38 ? "DECIMAL(" + size + ",0)" : "DOUBLE";
        }
    }

    private static Object variantType(Object json) {
        return switch (json) {
            case Map<?, ?> fields -> {
                Map<String, Object> types = new TreeMap<>();
                fields.forEach((name, value) -> types.put((String) name, variantType(value)));
                yield types;
            }
            case List<?> items ->
                    List.of(
                            items.stream()
                                    .map(JsonSchemas::variantType)
                                    .reduce("NULL", JsonSchemas::merge));
            case JsonTree.Number number
                    when !number.isWhole()
                            && !number.text().toLowerCase(java.util.Locale.ROOT).contains("e") -> {
                java.math.BigDecimal value =
                        NumberText.parseDecimal(number.text()).stripTrailingZeros();
                int scale = Math.max(0, value.scale());
                yield "DECIMAL(" + Math.max(value.precision(), scale) + "," + scale + ")";
            }
            default -> typeOf(json);
        };
    }

    private static Object merge(Object a, Object b) {
        if (a.equals(b) || b.equals("NULL")) {
            return a;
        }
        if (a.equals("NULL")) {
            return b;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            Map<String, Object> both = new TreeMap<>();
            left.forEach((name, type) -> both.put((String) name, type));
            right.forEach((name, type) -> both.merge((String) name, type, JsonSchemas::merge));
            return both;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return List.of(merge(left.getFirst(), right.getFirst()));
        }
        boolean numbers =
                a instanceof String x
                        && b instanceof String y
                        && (x.equals("BIGINT") || x.equals("DOUBLE") || x.startsWith("DECIMAL"))
                        && (y.equals("BIGINT") || y.equals("DOUBLE") || y.startsWith("DECIMAL"));
        return numbers ? "DOUBLE" : "STRING";
    }

    private static String text(Object type, String nothing, boolean variant) {
        return switch (type) {
            case Map<?, ?> fields -> {
                List<String> parts = new ArrayList<>();
                fields.forEach((name, field) ->
                        parts.add(name(name.toString()) + ": " + text(field, nothing, variant)));
                yield (variant ? "OBJECT<" : "STRUCT<") + String.join(", ", parts) + ">";
            }
            case List<?> element -> "ARRAY<" + text(element.getFirst(), nothing, variant) + ">";
            default -> type.equals("NULL") ? nothing : type.toString();
        };
    }

    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
