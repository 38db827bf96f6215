package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.Decimals;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.text.NumberText;
import io.troupe.columnar.time.IntervalParser;
import io.troupe.columnar.time.TimeParser;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.util.List;

/// Casts from strings. A malformed text is an error, or null unless ANSI.
final class StringCasts {
    private StringCasts() {}

    /// Writes the value of the row's text, or leaves it unset and returns false when there is none.
    private interface Reader {
        boolean read(Input in, Output out);
    }

    static VectorKernel kernel(
            DataType from, DataType to, Overflow mode, EvaluationSettings settings) {
        if (to == AtomicType.BINARY || to == AtomicType.VARIANT) {
            return (arguments, rows) -> arguments[0];
        }
        if (to instanceof StringType target) {
            return target.kind() == StringType.Kind.STRING
                    ? (arguments, rows) -> arguments[0]
                    : limited(from, target, mode);
        }
        Reader reader = reader(to, mode, settings);
        RowFunction function =
                (in, out) -> {
                    if (!reader.read(in, out) && mode == Overflow.FAIL) {
                        throw CastFailures.malformed(in.string(0), from, to);
                    }
                };
        return RowFunction.strict(
                new Signature("cast", List.of(from), new Object[0], to, settings), function);
    }

    private static VectorKernel limited(DataType from, StringType to, Overflow mode) {
        Signature signature = new Signature("cast", List.of(from), new Object[0], to, null);
        return RowFunction.strict(
                signature,
                (in, out) -> {
                    String text = in.string(0);
                    int length = text.codePointCount(0, text.length());
                    if (length > to.limit()) {
                        out.set(text.substring(0, text.offsetByCodePoints(0, to.limit())));
                    } else {
                        boolean pad = to.kind() == StringType.Kind.CHAR;
                        out.set(pad ? text + " ".repeat(to.limit() - length) : text);
                    }
                });
    }

    private static Reader reader(DataType to, Overflow mode, EvaluationSettings settings) {
        ZoneClock clock = new ZoneClock(settings.zone());
        TimeParser parser = new TimeParser();
        return switch (to) {
            case AtomicType.BOOLEAN -> StringCasts::readBoolean;
            case AtomicType.BYTE, AtomicType.SHORT, AtomicType.INTEGER, AtomicType.LONG -> {
                int bits = NumericCasts.bits(to);
                boolean fraction = mode == Overflow.WRAP;
                yield (in, out) -> readWhole(in, out, bits, fraction);
            }
            case AtomicType.DOUBLE -> StringCasts::readDouble;
            case AtomicType.FLOAT ->
                    (in, out) -> {
                        Float value = NumberText.parseFloat(in.string(0));
                        out.setValue(value);
                        return value != null;
                    };
            case DecimalType decimal -> (in, out) -> readDecimal(in, out, decimal, mode);
            case AtomicType.DATE ->
                    (in, out) -> {
                        boolean found = parser.date(in.data(0), in.start(0), in.end(0));
                        if (found) {
                            out.set(parser.days());
                        }
                        return found;
                    };
            case AtomicType.TIMESTAMP -> {
                long today = clock.toDays(settings.now()) * ZoneClock.DAY;
                yield (in, out) -> readTimestamp(in, out, parser, clock, today);
            }
            case AtomicType.TIMESTAMP_NTZ ->
                    (in, out) -> {
                        boolean found =
                                parser.timestamp(in.data(0), in.start(0), in.end(0))
                                        && parser.hasDate();
                        if (found) {
                            out.set(parser.local());
                        }
                        return found;
                    };
            case TimeType _ ->
                    (in, out) -> {
                        boolean found = parser.time(in.data(0), in.start(0), in.end(0));
                        if (found) {
                            out.set(parser.micros() * 1000);
                        }
                        return found;
                    };
            case YearMonthIntervalType _ ->
                    (in, out) -> set(out, IntervalParser.months(in.string(0)));
            case DayTimeIntervalType type ->
                    (in, out) -> set(out, IntervalParser.micros(in.string(0), type));
            case AtomicType.CALENDAR_INTERVAL ->
                    (in, out) -> set(out, IntervalParser.calendar(in.string(0)));
            default ->
                    throw new IllegalArgumentException(
                            "no cast from string to " + to.simpleString());
        };
    }

    private static boolean set(Output out, Object value) {
        out.setValue(value);
        return value != null;
    }

    private static boolean readBoolean(Input in, Output out) {
        int value = NumberText.parseBoolean(in.string(0));
        if (value >= 0) {
            out.set(value == 1);
        }
        return value >= 0;
    }

    private static boolean readWhole(Input in, Output out, int bits, boolean fraction) {
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        long value = NumberText.parseLong(data, from, to, fraction);
        if (value == NumberText.NOT_A_NUMBER
                && !(bits == 64 && NumberText.isMinimum(data, from, to))) {
            return false;
        }
        if (value << 64 - bits >> 64 - bits != value) {
            return false;
        }
        out.set(value);
        return true;
    }

    private static boolean readDouble(Input in, Output out) {
        Double value = NumberText.parseDouble(in.string(0));
        if (value != null) {
            out.set((double) value);
        }
        return value != null;
    }

    private static boolean readDecimal(Input in, Output out, DecimalType type, Overflow mode) {
        BigDecimal value = NumberText.parseDecimal(in.string(0));
        if (value == null) {
            return false;
        }
        out.setValue(Decimals.fit(value, type, mode));
        return true;
    }

    private static boolean readTimestamp(
            Input in, Output out, TimeParser parser, ZoneClock clock, long today) {
        if (!parser.timestamp(in.data(0), in.start(0), in.end(0))) {
            return false;
        }
        out.set(
                parser.hasDate()
                        ? parser.instant(clock)
                        : clock.toInstant(today + parser.micros()));
        return true;
    }
}
