package io.troupe.planner.sql;

import io.troupe.planner.type.CalendarInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Interval texts made of numbers and units, such as `3 days -2 hours` or `interval 1 year`.
public final class IntervalText {
    /// The units, from longest to shortest. Weeks count as days, fractions of seconds as
    /// microseconds.
    public enum Unit {
        YEAR,
        MONTH,
        WEEK,
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        MILLISECOND,
        MICROSECOND,
        NANOSECOND;

        /// The unit by its name in singular or plural, in any case; null when it is none.
        static Unit named(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            String singular = upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
            for (Unit unit : values()) {
                if (unit.name().equals(singular)) {
                    return unit;
                }
            }
            return null;
        }

        boolean isYearMonth() {
            return this == YEAR || this == MONTH;
        }

        private long micros() {
            return switch (this) {
                case HOUR -> 3_600_000_000L;
                case MINUTE -> 60_000_000L;
                case SECOND -> 1_000_000L;
                case MILLISECOND -> 1_000L;
                default -> 1L;
            };
        }
    }

    private static final Pattern PART =
            Pattern.compile("([+-]?)\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)\\s+([A-Za-z]+)(?:\\s+|$)");

    private int months;
    private int days;
    private long micros;
    private final Set<Unit> units = EnumSet.noneOf(Unit.class);

    /// Reads a whole text; null when it is no interval.
    public static IntervalText read(String text) {
        String rest = text.strip();
        if (rest.regionMatches(true, 0, "interval", 0, 8)
                && rest.length() > 8
                && Character.isWhitespace(rest.charAt(8))) {
            rest = rest.substring(8).strip();
        }
        IntervalText result = new IntervalText();
        Matcher match = PART.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            Unit unit = match.find(at) && match.start() == at ? Unit.named(match.group(3)) : null;
            if (unit == null || match.group(2).contains(".") && unit != Unit.SECOND) {
                return null;
            }
            try {
                result.add(new BigDecimal(match.group(1) + match.group(2)), unit);
            } catch (ArithmeticException tooLarge) {
                return null;
            }
            at = match.end();
        }
        return result.units.isEmpty() ? null : result;
    }

    /// @throws ArithmeticException when a part does not fit
    void add(BigDecimal amount, Unit unit) {
        units.add(unit);
        switch (unit) {
            case YEAR -> months = Math.addExact(months, Math.multiplyExact(whole(amount), 12));
            case MONTH -> months = Math.addExact(months, whole(amount));
            case WEEK -> days = Math.addExact(days, Math.multiplyExact(whole(amount), 7));
            case DAY -> days = Math.addExact(days, whole(amount));
            case NANOSECOND -> micros = Math.addExact(micros, amount.longValueExact() / 1000);
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND ->
                    micros =
                            Math.addExact(
                                    micros,
                                    amount.multiply(BigDecimal.valueOf(unit.micros()))
                                            .setScale(0, RoundingMode.DOWN)
                                            .longValueExact());
        }
    }

    private static int whole(BigDecimal amount) {
        return amount.intValueExact();
    }

    Set<Unit> units() {
        return units;
    }

    public CalendarInterval value() {
        return new CalendarInterval(months, days, micros);
    }
}
