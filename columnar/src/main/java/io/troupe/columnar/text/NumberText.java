package io.troupe.columnar.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads numbers and booleans from strings as casts do. Blanks and control characters around the
/// text do not count.
public final class NumberText {
    private NumberText() {}

    /// The first byte that is not blank.
    public static int trimStart(byte[] data, int from, int to) {
        int start = from;
        while (start < to && data[start] >= 0 && data[start] <= ' ') {
            start++;
        }
        return start;
    }

    public static int trimEnd(byte[] data, int from, int to) {
        int end = to;
        while (end > from && data[end - 1] >= 0 && data[end - 1] <= ' ') {
            end--;
        }
        return end;
    }

    /// What [#parseLong] gives for a text that is not a whole number of 64 bits; its caller looks
    /// at [#isLong] to tell it apart.
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /// A whole number; `fraction` lets digits after a point follow, which are cut off.
    public static long parseLong(byte[] data, int from, int to, boolean fraction) {
        int at = trimStart(data, from, to);
        int end = trimEnd(data, at, to);
        if (at == end) {
            return NOT_A_NUMBER;
        }
        boolean negative = data[at] == '-';
        if (negative || data[at] == '+') {
            at++;
        }
        if (at == end) {
            return NOT_A_NUMBER;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                boolean cut = data[at] == '.' && fraction && allDigits(data, at + 1, end);
                return cut && at > from ? signed(value, negative) : NOT_A_NUMBER;
            }
            if (value < -922337203685477580L) {
                return NOT_A_NUMBER;
            }
            value = value * 10 - digit;
            if (value > 0) {
                return NOT_A_NUMBER;
            }
        }
        return signed(value, negative);
    }

    /// The number was gathered below zero, where there is room for one more value.
    private static long signed(long value, boolean negative) {
        return negative ? value : value == Long.MIN_VALUE ? NOT_A_NUMBER : -value;
    }

    private static boolean allDigits(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /// Whether a text for which [#parseLong] gave NOT_A_NUMBER is the smallest long after all.
    public static boolean isMinimum(byte[] data, int from, int to) {
        int start = trimStart(data, from, to);
        return new String(
                        data, start, trimEnd(data, start, to) - start, StandardCharsets.ISO_8859_1)
                .equals("-9223372036854775808");
    }

    /// A floating number, or null.
    public static Double parseDouble(String text) {
        String trimmed = text.strip();
        try {
            return Double.valueOf(trimmed);
        } catch (NumberFormatException notNumeric) {
            return switch (trimmed.toLowerCase(Locale.ROOT)) {
                case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> null;
            };
        }
    }

    public static Float parseFloat(String text) {
        Double special = parseDouble(text);
        return special == null
                ? null
                : special.isInfinite() || special.isNaN()
                        ? special.floatValue()
                        : Float.valueOf(text.strip());
    }

    /// A decimal number of any size, or null.
    public static BigDecimal parseDecimal(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException notNumeric) {
            return null;
        }
    }

    /// 1, 0, or -1 for a text that is no boolean.
    public static int parseBoolean(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "1" -> 1;
            case "f", "false", "n", "no", "0" -> 0;
            default -> -1;
        };
    }
}
