package io.troupe.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of the user's functions in an operator's line: `ArrowEvalPython [f(a#1) AS f#2, …]`.
public final class PythonFunctions {
    private static final Pattern CALL = Pattern.compile("([\\w<>.]+)\\(");
    private static final int LONGEST = 4096;

    private PythonFunctions() {}

    /// In their order; a function that the operator calls twice stands there once. What stands in
    /// the parentheses of a call are its arguments.
    public static List<String> of(QueryModel.Operator operator) {
        String text = operator.text().substring(0, Math.min(LONGEST, operator.text().length()));
        int from = Math.max(0, text.indexOf('['));
        List<String> names = new ArrayList<>();
        Matcher calls = CALL.matcher(text);
        while (from < text.length() && calls.find(from)) {
            if (!names.contains(calls.group(1))) {
                names.add(calls.group(1));
            }
            from = endOf(text, calls.end());
        }
        return names;
    }

    private static int endOf(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }
}
