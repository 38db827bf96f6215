package io.troupe.driver.session;

import java.util.ArrayList;
import java.util.List;

/// Tables as text, exactly as `DataFrame.show` prints them. Cells are display strings already.
final class ShowText {
    private static final int MIN_WIDTH = 3;

    private ShowText() {}

    /// @param truncate longest cell in characters, 0 for any
    /// @param more whether rows beyond these exist
    static String table(List<String> header, List<List<String>> rows, int truncate, boolean more) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(header.stream().map(ShowText::escaped).toList());
        rows.forEach(row -> cells.add(shortened(row, truncate)));
        int[] widths = new int[header.size()];
        java.util.Arrays.fill(widths, MIN_WIDTH);
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], displayWidth(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder("+");
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : "+").append("-".repeat(widths[i]));
        }
        line.append("+\n");
        text.append(line);
        for (int r = 0; r < cells.size(); r++) {
            text.append('|');
            for (int i = 0; i < widths.length; i++) {
                String cell = cells.get(r).get(i);
                String padding = " ".repeat(widths[i] - displayWidth(cell));
                text.append(i == 0 ? "" : "|")
                        .append(truncate > 0 ? padding + cell : cell + padding);
            }
            text.append("|\n");
            if (r == 0) {
                text.append(line);
            }
        }
        text.append(line);
        return text.append(footer(rows.size(), more)).toString();
    }

    /// One block of lines per row.
    static String vertical(
            List<String> header, List<List<String>> rows, int truncate, boolean more) {
        if (rows.isEmpty()) {
            return "(0 rows)\n";
        }
        List<String> names = header.stream().map(ShowText::escaped).toList();
        int nameWidth = MIN_WIDTH;
        int valueWidth = MIN_WIDTH;
        List<List<String>> cells = new ArrayList<>();
        for (String name : names) {
            nameWidth = Math.max(nameWidth, displayWidth(name));
        }
        for (List<String> row : rows) {
            List<String> shown = shortened(row, truncate);
            cells.add(shown);
            for (String cell : shown) {
                valueWidth = Math.max(valueWidth, displayWidth(cell));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < cells.size(); r++) {
            StringBuilder title = new StringBuilder("-RECORD " + r);
            while (title.length() < nameWidth + valueWidth + 5) {
                title.append('-');
            }
            text.append(title).append('\n');
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                String value = cells.get(r).get(i);
                text.append(' ').append(name).append(" ".repeat(nameWidth - displayWidth(name)));
                text.append(" | ")
                        .append(value)
                        .append(" ".repeat(valueWidth - displayWidth(value)))
                        .append(" \n");
            }
        }
        return text.append(footer(rows.size(), more)).toString();
    }

    /// A table for notebooks; every cell is escaped.
    static String html(List<String> header, List<List<String>> rows, int truncate, boolean more) {
        StringBuilder text = new StringBuilder("<table border='1'>\n<tr>");
        header.forEach(name -> text.append("<th>").append(markup(name)).append("</th>"));
        text.append("</tr>\n");
        for (List<String> row : rows) {
            text.append("<tr>");
            row.forEach(cell ->
                    text.append("<td>").append(markup(shortened(cell, truncate))).append("</td>"));
            text.append("</tr>\n");
        }
        return text.append("</table>\n")
                .append(more ? footer(rows.size(), true) + "\n" : "")
                .toString();
    }

    private static String markup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String footer(int rows, boolean more) {
        return more ? "only showing top " + rows + (rows == 1 ? " row" : " rows") : "";
    }

    private static List<String> shortened(List<String> cells, int truncate) {
        return cells.stream().map(cell -> shortened(escaped(cell), truncate)).toList();
    }

    private static String shortened(String cell, int truncate) {
        if (truncate <= 0 || cell.length() <= truncate) {
            return cell;
        }
        return truncate < 4 ? cell.substring(0, truncate) : cell.substring(0, truncate - 3) + "...";
    }

    private static String escaped(String cell) {
        StringBuilder text = null;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            String replacement =
                    switch (c) {
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        case '\f' -> "\\f";
                        case '\b' -> "\\b";
                        case '\u000B' -> "\\v";
                        case '\u0007' -> "\\a";
                        default -> null;
                    };
            if (replacement != null && text == null) {
                text = new StringBuilder(cell.substring(0, i));
            }
            if (text != null) {
                text.append(replacement == null ? String.valueOf(c) : replacement);
            }
        }
        return text == null ? cell : text.toString();
    }

    /// Width in terminal cells: East Asian wide characters count twice.
    private static int displayWidth(String text) {
        int width = text.length();
        for (int i = 0; i < text.length(); i++) {
            if (isWide(text.charAt(i))) {
                width++;
            }
        }
        return width;
    }

    private static boolean isWide(char c) {
        return c >= '\u1100' && c <= '\u115F'
                || c >= '\u2E80' && c <= '\u303E'
                || c >= '\u3041' && c <= '\u33FF'
                || c >= '\u3400' && c <= '\u4DBF'
                || c >= '\u4E00' && c <= '\u9FFF'
                || c >= '\uA000' && c <= '\uA4CF'
                || c >= '\uAC00' && c <= '\uD7A3'
                || c >= '\uF900' && c <= '\uFAFF'
                || c >= '\uFE30' && c <= '\uFE4F'
                || c >= '\uFF00' && c <= '\uFF60'
                || c >= '\uFFE0' && c <= '\uFFE6';
    }
}
