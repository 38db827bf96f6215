package io.troupe.planner.function;

import io.troupe.planner.error.Conditions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refuses number formats of `to_number` and `to_char` that no number can have, as Spark does while
/// it analyses: `[MI|S] [$] [0|9|G|,]* [.|D] [0|9]* [$] [PR|MI|S]`.
final class NumberFormatCheck {
    private static final Pattern SHAPE =
            Pattern.compile("(MI|S)?\\$?[09,]*(\\.[09]*)?\\$?(PR|MI|S)?");
    private static final Pattern TOKEN = Pattern.compile("MI|PR|[S$09,.]|.", Pattern.DOTALL);

    private NumberFormatCheck() {}

    static void check(String format) {
        if (format.isEmpty()) {
            throw malformed("EMPTY", format);
        }
        String plain = format.toUpperCase(Locale.ROOT).replace('D', '.').replace('G', ',');
        int digit = first(plain, "09");
        int dollar = plain.indexOf('$');
        int point = plain.indexOf('.');
        if (digit < 0) {
            throw malformed("WRONG_NUM_DIGIT", format);
        }
        if (dollar > digit) {
            throw malformed("CUR_MUST_BEFORE_DIGIT", format);
        }
        if (point >= 0 && dollar > point) {
            throw malformed("CUR_MUST_BEFORE_DEC", format);
        }
        if (point >= 0 && plain.indexOf(',', point) >= 0) {
            throw malformed("THOUSANDS_SEPS_MUST_BEFORE_DEC", format);
        }
        String whole = (point < 0 ? plain : plain.substring(0, point)).replaceAll("[^09,]", "");
        if (whole.startsWith(",") || whole.endsWith(",") || whole.contains(",,")) {
            throw malformed("CONT_THOUSANDS_SEPS", format);
        }
        for (String once : List.of(".", "$", "S", "MI", "PR")) {
            if (count(plain, once) > 1) {
                throw malformed("WRONG_NUM_TOKEN", format, "token", "'" + once + "'");
            }
        }
        if (!SHAPE.matcher(plain).matches()) {
            throw malformed("UNEXPECTED_TOKEN", format, "token", "'" + unexpected(plain) + "'");
        }
    }

    private static int first(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static int count(String format, String token) {
        Matcher tokens = TOKEN.matcher(format);
        int count = 0;
        while (tokens.find()) {
            count += tokens.group().equals(token) ? 1 : 0;
        }
        return count;
    }

    /// The token behind the longest part that has the right shape.
    private static String unexpected(String format) {
        Matcher shape = SHAPE.matcher(format);
        int end = shape.lookingAt() ? shape.end() : 0;
        Matcher token = TOKEN.matcher(format);
        return token.find(end) ? token.group() : format.substring(end);
    }

    private static RuntimeException malformed(String kind, String format, String... more) {
        String[] parameters = new String[more.length + 2];
        parameters[0] = "format";
        parameters[1] = "'" + format + "'";
        System.arraycopy(more, 0, parameters, 2, more.length);
        return Conditions.analysis("INVALID_FORMAT." + kind, parameters);
    }
}
