package io.troupe.columnar.source.csv;

import io.troupe.columnar.source.text.ParseMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The options of reading CSV, with Spark's defaults. `quote`, `escape` and `comment` are 0 when
/// unset.
record CsvOptions(
        byte[] separator,
        byte quote,
        byte escape,
        byte escapeOfEscape,
        byte comment,
        boolean header,
        boolean inferSchema,
        boolean multiLine,
        boolean trimLeft,
        boolean trimRight,
        boolean preferDate,
        byte[] nullValue,
        byte[] emptyValue,
        ParseMode mode,
        String corruptColumn,
        Map<String, String> all) {

    static CsvOptions of(Map<String, String> options) {
        byte quote = single(options, "quote", "\"");
        byte escape = single(options, "escape", "\\");
        String escapeEscape = options.get("chartoescapequoteescaping");
        byte second = escapeEscape == null ? escape == quote ? 0 : escape : first(escapeEscape);
        return new CsvOptions(
                unescaped(options.getOrDefault("sep", options.getOrDefault("delimiter", ",")))
                        .getBytes(StandardCharsets.UTF_8),
                quote,
                escape,
                second,
                single(options, "comment", ""),
                flag(options, "header", false),
                flag(options, "inferschema", false),
                flag(options, "multiline", false),
                flag(options, "ignoreleadingwhitespace", false),
                flag(options, "ignoretrailingwhitespace", false),
                flag(options, "preferdate", true),
                options.getOrDefault("nullvalue", "").getBytes(StandardCharsets.UTF_8),
                options.getOrDefault("emptyvalue", "").getBytes(StandardCharsets.UTF_8),
                ParseMode.of(options),
                ParseMode.corruptColumn(options),
                options);
    }

    private static String unescaped(String separator) {
        return switch (separator) {
            case "\\t" -> "\t";
            case "\\\\" -> "\\";
            case "" -> throw new IllegalArgumentException("Delimiter cannot be empty string");
            default -> separator;
        };
    }

    private static byte single(Map<String, String> options, String name, String otherwise) {
        String text = options.getOrDefault(name, otherwise);
        if (text.length() > 1 || !text.isEmpty() && text.charAt(0) > 0x7f) {
            throw new IllegalArgumentException(
                    name + " cannot be more than one ASCII character: " + text);
        }
        return first(text);
    }

    private static byte first(String text) {
        return text.isEmpty() ? 0 : (byte) text.charAt(0);
    }

    private static boolean flag(Map<String, String> options, String name, boolean otherwise) {
        return options.containsKey(name) ? Boolean.parseBoolean(options.get(name)) : otherwise;
    }
}
