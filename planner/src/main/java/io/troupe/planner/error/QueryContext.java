package io.troupe.planner.error;

/// A part of a SQL text that an error is about: `start` and `stop` are inclusive character offsets
/// into `sql`.
public record QueryContext(String sql, int start, int stop) {
    private static final int SURROUNDING = 32;
    private static final String CUT = "...";

    public QueryContext {
        start = Math.clamp(start, 0, Math.max(sql.length() - 1, 0));
        stop =
                Math.clamp(
                        stop,
                        Math.min(start, Math.max(sql.length() - 1, 0)),
                        Math.max(sql.length() - 1, 0));
    }

    /// The line of the first character, from 1.
    public int line() {
        return 1 + (int) sql.substring(0, start).chars().filter(c -> c == '\n').count();
    }

    /// The place of the first character in its line, from 0.
    public int position() {
        return start - (sql.lastIndexOf('\n', start - 1) + 1);
    }

    public String fragment() {
        return sql.isEmpty() ? "" : sql.substring(start, stop + 1);
    }

    /// The lines concerned, at most 32 characters around the part, each underlined with carets,
    /// below a heading with the place.
    public String summary() {
        StringBuilder out = new StringBuilder();
        out.append("== SQL (line ")
                .append(line())
                .append(", position ")
                .append(position() + 1)
                .append(") ==\n");
        int lineStart = sql.lastIndexOf('\n', start - 1) + 1;
        boolean cutBefore = start - lineStart > SURROUNDING;
        int from = cutBefore ? start - SURROUNDING : lineStart;
        int lineEnd = sql.indexOf('\n', stop);
        lineEnd = lineEnd < 0 ? sql.length() : lineEnd;
        boolean cutAfter = lineEnd - stop > SURROUNDING + 1;
        int to = cutAfter ? stop + SURROUNDING + 1 : lineEnd;
        String shown =
                (cutBefore ? CUT : "")
                        + sql.substring(from, Math.max(from, to))
                        + (cutAfter ? CUT : "");
        int offset = cutBefore ? from - CUT.length() : from;
        for (String text : shown.split("\n", -1)) {
            out.append(text).append('\n');
            for (int i = 0; i < text.length(); i++) {
                int at = offset + i;
                if (at > stop) {
                    break;
                }
                out.append(at < start ? ' ' : '^');
            }
            out.append('\n');
            offset += text.length() + 1;
        }
        return out.toString();
    }
}
