package io.troupe.planner.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/// Names as written to names as meant, and back.
final class Names {
    private Names() {}

    /// The word without its quotes.
    static String of(ParserRuleContext word) {
        return unquoted(word.getText());
    }

    static String unquoted(String text) {
        for (String quote : List.of("`", "\"")) {
            if (text.length() >= 2 && text.startsWith(quote) && text.endsWith(quote)) {
                return text.substring(1, text.length() - 1).replace(quote + quote, quote);
            }
        }
        return text;
    }

    static List<String> parts(TroupeSql.QualifiedNameContext name) {
        return name.word().stream().map(Names::of).toList();
    }

    static List<String> all(List<? extends ParserRuleContext> words) {
        return words.stream().map(Names::of).toList();
    }

    static List<String> all(TroupeSql.ColumnNamesContext names) {
        return names == null ? List.of() : all(names.word());
    }

    /// Back-quoted for a message: `a`.`b`.
    static String quoted(List<String> parts) {
        return parts.stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }

    /// Names and values in turn.
    static Map<String, String> pairs(String... namesAndValues) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }

    /// A dotted name in one text, as IDENTIFIER('a.b') gives it; null when it is not one.
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '`') {
                    part.append('`');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return quoted || parts.stream().anyMatch(String::isEmpty) ? null : List.copyOf(parts);
    }
}
