package io.troupe.planner.sql;

/// String literals as written to the text that they mean.
final class QuotedText {
    private QuotedText() {}

    /// @param token with its quotes, and `r` before a raw one
    /// @param escaped whether backslashes are left alone
    static String value(String token, boolean escaped) {
        if (token.charAt(0) == 'r' || token.charAt(0) == 'R') {
            return token.substring(2, token.length() - 1);
        }
        char quote = token.charAt(0);
        String body = token.substring(1, token.length() - 1);
        if (body.indexOf('\\') < 0 && body.indexOf(quote) < 0) {
            return body;
        }
        return unescaped(body, quote, escaped);
    }

    private static String unescaped(String body, char quote, boolean keepBackslashes) {
        StringBuilder out = new StringBuilder(body.length());
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (c == quote) {
                out.append(quote);
                i += 2;
            } else if (c == '\\' && !keepBackslashes && i + 1 < body.length()) {
                i = escape(body, i + 1, out);
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    /// Appends what the escape at `i` (after the backslash) means and returns the index after it.
    private static int escape(String body, int i, StringBuilder out) {
        char c = body.charAt(i);
        if (c == 'u' && hexadecimal(body, i + 1, 4)) {
            out.append((char) Integer.parseInt(body, i + 1, i + 5, 16));
            return i + 5;
        }
        if (c == 'U' && hexadecimal(body, i + 1, 8)) {
            out.appendCodePoint((int) Long.parseLong(body, i + 1, i + 9, 16));
            return i + 9;
        }
        if (c >= '0' && c <= '1' && octal(body, i)) {
            out.append((char) Integer.parseInt(body, i, i + 3, 8));
            return i + 3;
        }
        switch (c) {
            case '0' -> out.append('\0');
            case 'b' -> out.append('\b');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'Z' -> out.append('\u001a');
            case '%' -> out.append("\\%");
            case '_' -> out.append("\\_");
            default -> out.append(c);
        }
        return i + 1;
    }

    private static boolean hexadecimal(String text, int from, int length) {
        if (from + length > text.length()) {
            return false;
        }
        return text.substring(from, from + length)
                .chars()
                .allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static boolean octal(String text, int from) {
        return from + 3 <= text.length()
                && text.substring(from, from + 3).chars().allMatch(c -> c >= '0' && c <= '7');
    }
}
