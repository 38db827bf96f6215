package io.troupe.columnar.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// The number formats of `to_number` and `to_char`: `9` and `0` digits, `.` or `D`, `,` or `G`,
/// `$`, `S`, `MI`, `PR`.
public final class NumberFormatText {
    private final String whole;
    private final String fraction;
    private final boolean point;
    private final boolean dollar;
    private final boolean signFirst;
    private final boolean signLast;
    private final boolean minusFirst;
    private final boolean minusLast;
    private final boolean angle;

    private NumberFormatText(String format) {
        String rest = format.toUpperCase(Locale.ROOT);
        signFirst = rest.startsWith("S");
        minusFirst = rest.startsWith("MI");
        rest = signFirst ? rest.substring(1) : minusFirst ? rest.substring(2) : rest;
        signLast = rest.endsWith("S");
        minusLast = rest.endsWith("MI");
        angle = rest.endsWith("PR");
        rest = signLast ? rest.substring(0, rest.length() - 1) : rest;
        rest = minusLast || angle ? rest.substring(0, rest.length() - 2) : rest;
        dollar = rest.contains("$");
        rest = rest.replace("$", "").replace('D', '.').replace('G', ',');
        int at = rest.indexOf('.');
        point = at >= 0;
        whole = point ? rest.substring(0, at) : rest;
        fraction = point ? rest.substring(at + 1) : "";
    }

    public static NumberFormatText of(String format) {
        return new NumberFormatText(format);
    }

    /// The number in a text of this format, or null.
    public BigDecimal parse(String text) {
        String rest = text.strip();
        boolean negative = false;
        if (angle && rest.startsWith("<") && rest.endsWith(">")) {
            negative = true;
            rest = rest.substring(1, rest.length() - 1);
        }
        if ((signFirst || minusFirst)
                && (rest.startsWith("-") || signFirst && rest.startsWith("+"))) {
            negative = rest.startsWith("-");
            rest = rest.substring(1);
        } else if ((signLast || minusLast)
                && (rest.endsWith("-") || signLast && rest.endsWith("+"))) {
            negative = rest.endsWith("-");
            rest = rest.substring(0, rest.length() - 1);
        }
        if (dollar) {
            if (!rest.startsWith("$")) {
                return null;
            }
            rest = rest.substring(1);
        }
        int at = rest.indexOf('.');
        String head = at < 0 ? rest : rest.substring(0, at);
        String tail = at < 0 ? "" : rest.substring(at + 1);
        if (at >= 0 && !point
                || !matches(head)
                || tail.length() > fraction.length()
                || !digits(tail)) {
            return null;
        }
        String number = head.replace(",", "") + (tail.isEmpty() ? "" : "." + tail);
        if (number.isEmpty()) {
            return null;
        }
        BigDecimal value = new BigDecimal(number);
        return negative ? value.negate() : value;
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Digits may be fewer than the format's unless it starts with 0; commas stand where the format
    /// has them.
    private boolean matches(String head) {
        if (head.isEmpty()) {
            return !whole.startsWith("0") && !fraction.isEmpty();
        }
        if (head.length() > whole.length()
                || whole.startsWith("0") && head.length() != whole.length()) {
            return false;
        }
        for (int i = 1; i <= head.length(); i++) {
            char c = head.charAt(head.length() - i);
            char f = whole.charAt(whole.length() - i);
            if (f == ',' ? c != ',' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /// The text of a number; `#` in each place when it does not fit.
    public String format(BigDecimal value) {
        BigDecimal shown = value.abs().setScale(fraction.length(), RoundingMode.HALF_UP);
        String plain = shown.toPlainString();
        int at = plain.indexOf('.');
        String digits = at < 0 ? plain : plain.substring(0, at);
        String tail = at < 0 ? "" : plain.substring(at + 1);
        if (digits.equals("0")
                && !fraction.isEmpty()
                && !whole.contains("0")
                && !whole.contains("9")) {
            digits = "";
        }
        long places = whole.chars().filter(c -> c != ',').count();
        boolean negative = value.signum() < 0;
        String body;
        if (digits.length() > places && !(digits.equals("0") && places == 0)) {
            body =
                    whole.replaceAll("[09]", "#").replace(',', ' ')
                            + (point ? "." + "#".repeat(fraction.length()) : "");
        } else {
            body = head(digits) + (point ? "." + tail : "");
        }
        return signed(body, negative);
    }

    /// Places before the first digit are blank under 9 and zero under 0.
    private String head(String digits) {
        StringBuilder text = new StringBuilder();
        int next = digits.length() - 1;
        boolean fill = false;
        int firstZero = whole.indexOf('0');
        for (int i = whole.length() - 1; i >= 0; i--) {
            fill = firstZero >= 0 && i >= firstZero;
            if (whole.charAt(i) == ',') {
                text.append(next >= 0 || fill ? ',' : ' ');
            } else if (next >= 0) {
                text.append(digits.charAt(next--));
            } else {
                text.append(fill ? '0' : ' ');
            }
        }
        String padded = text.reverse().toString();
        if (!dollar) {
            return padded;
        }
        int start = 0;
        while (start < padded.length() && padded.charAt(start) == ' ') {
            start++;
        }
        return " ".repeat(start) + "$" + padded.substring(start);
    }

    private String signed(String body, boolean negative) {
        if (signFirst || minusFirst) {
            int start = 0;
            while (start < body.length() && body.charAt(start) == ' ') {
                start++;
            }
            String sign = negative ? "-" : signFirst ? "+" : " ";
            return " ".repeat(start) + sign + body.substring(start);
        }
        if (signLast || minusLast) {
            return body + (negative ? "-" : signLast ? "+" : " ");
        }
        if (angle) {
            int start = 0;
            while (start < body.length() && body.charAt(start) == ' ') {
                start++;
            }
            return negative ? " ".repeat(start) + "<" + body.substring(start) + ">" : body + "  ";
        }
        return body;
    }
}
