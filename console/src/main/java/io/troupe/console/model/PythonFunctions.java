package io.troupe.console.model;

import java.util.ArrayList;
import java.util.List;

/// The names of the user's functions in an operator's line: `ArrowEvalPython [f(a#1) AS f#2, …]`.
public final class PythonFunctions {
    private static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 120;

    private PythonFunctions() {}

    /// In their order; a function that the operator calls twice stands there once. What stands in
    /// the parentheses of a call are its arguments. A name may hold anything but a parenthesis.
    public static List<String> of(QueryModel.Operator operator) {
        String text = operator.text().substring(0, Math.min(LONGEST, operator.text().length()));
        List<String> names = new ArrayList<>();
        int from = text.indexOf('[') + 1;
        int call = from == 0 ? -1 : text.indexOf('(', from);
        while (call >= 0) {
            String name = text.substring(from, Math.min(call, from + LONGEST_NAME)).strip();
            if (!name.isEmpty() && !names.contains(name)) {
                names.add(name);
            }
            int end = endOf(text, call + 1);
            int next = text.indexOf(", ", end);
            from = next < 0 ? text.length() : next + 2;
            call = text.indexOf('(', from);
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
