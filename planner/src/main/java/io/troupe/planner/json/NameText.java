package io.troupe.planner.json;

import io.troupe.planner.error.Conditions;
import java.util.ArrayList;
import java.util.List;

/// Splits dotted column names as `DataFrame.select("a.b")` does: dots separate, back quotes
/// protect, a doubled back quote is one.
public final class NameText {
    private NameText() {}

    public static List<String> parts(String name) {
        if (name.indexOf('.') < 0 && name.indexOf('`') < 0) {
            return List.of(name);
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (quoted) {
                if (c != '`') {
                    part.append(c);
                } else if (i + 1 < name.length() && name.charAt(i + 1) == '`') {
                    part.append('`');
                    i++;
                } else {
                    quoted = false;
                    if (i + 1 < name.length() && name.charAt(i + 1) != '.') {
                        throw invalid(name);
                    }
                }
            } else if (c == '`') {
                if (!part.isEmpty()) {
                    throw invalid(name);
                }
                quoted = true;
            } else if (c == '.') {
                if (i == 0 || name.charAt(i - 1) == '.' || i == name.length() - 1) {
                    throw invalid(name);
                }
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw invalid(name);
        }
        parts.add(part.toString());
        return parts;
    }

    private static RuntimeException invalid(String name) {
        return Conditions.analysis("INVALID_ATTRIBUTE_NAME_SYNTAX", "name", name);
    }
}
