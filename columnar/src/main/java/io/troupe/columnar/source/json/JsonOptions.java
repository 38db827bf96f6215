package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.troupe.columnar.source.text.ParseMode;
import java.util.Map;

/// The options of reading JSON, with Spark's defaults.
record JsonOptions(
        boolean multiLine,
        boolean primitivesAsString,
        boolean prefersDecimal,
        boolean dropFieldIfAllNull,
        ParseMode mode,
        String corruptColumn,
        JsonFactory factory,
        Map<String, String> all) {

    private static final int MAX_NESTING = 1000;

    static JsonOptions of(Map<String, String> options) {
        return new JsonOptions(
                flag(options, "multiline", false),
                flag(options, "primitivesasstring", false),
                flag(options, "prefersdecimal", false),
                flag(options, "dropfieldifallnull", false),
                ParseMode.of(options),
                ParseMode.corruptColumn(options),
                factory(options),
                options);
    }

    private static JsonFactory factory(Map<String, String> options) {
        return new JsonFactoryBuilder()
                .configure(
                        JsonReadFeature.ALLOW_JAVA_COMMENTS, flag(options, "allowcomments", false))
                .configure(
                        JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                        flag(options, "allowunquotedfieldnames", false))
                .configure(
                        JsonReadFeature.ALLOW_SINGLE_QUOTES,
                        flag(options, "allowsinglequotes", true))
                .configure(
                        JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                        flag(options, "allownumericleadingzeros", false))
                .configure(
                        JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                        flag(options, "allownonnumericnumbers", true))
                .configure(
                        JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                        flag(options, "allowbackslashescapinganycharacter", false))
                .configure(
                        JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                        flag(options, "allowunquotedcontrolchars", false))
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_NESTING)
                                .maxStringLength(1 << 30)
                                .maxNumberLength(10_000)
                                .build())
                .build();
    }

    private static boolean flag(Map<String, String> options, String name, boolean otherwise) {
        return options.containsKey(name) ? Boolean.parseBoolean(options.get(name)) : otherwise;
    }
}
