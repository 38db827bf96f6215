package io.troupe.driver.command;

import io.troupe.planner.catalog.SqlFunction;
import java.util.ArrayList;
import java.util.List;

/// A SQL function as DESCRIBE FUNCTION shows it.
final class FunctionText {
    private FunctionText() {}

    static List<String> of(SqlFunction function, boolean extended) {
        int width = extended ? 15 : 10;
        List<String> lines = new ArrayList<>();
        lines.add(label("Function:", width) + String.join(".", function.name()));
        lines.add(label("Type:", width) + "SCALAR");
        for (int i = 0; i < function.parameters().size(); i++) {
            lines.add(
                    label(i == 0 ? "Input:" : "", width) + parameter(function.parameters().get(i)));
        }
        if (function.parameters().isEmpty()) {
            lines.add(label("Input:", width) + "()");
        }
        lines.add(label("Returns:", width) + function.returns().sql());
        if (extended) {
            if (function.comment() != null) {
                lines.add(label("Comment:", width) + function.comment());
            }
            lines.add(label("Deterministic:", width) + "true");
            lines.add(
                    label("Data Access:", width)
                            + (function.query() ? "READS SQL DATA" : "CONTAINS SQL"));
            lines.add(label("Body:", width) + function.body());
        }
        return lines;
    }

    private static String parameter(SqlFunction.Parameter parameter) {
        String standard = parameter.standard() == null ? "" : " DEFAULT " + parameter.standard();
        return parameter.name() + " " + parameter.type().sql() + standard;
    }

    private static String label(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
