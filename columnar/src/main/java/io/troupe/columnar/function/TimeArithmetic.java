package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Operation;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.time.CivilDate;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Arithmetic with dates, timestamps and intervals. Months and days move local time; microseconds
/// move the instant.
final class TimeArithmetic {
    private TimeArithmetic() {}

    static VectorKernel kernel(Signature signature, Operation operation, Overflow overflow) {
        DataType left = signature.argument(0);
        DataType right = signature.argument(1);
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        RowFunction function =
                switch (operation) {
                    case ADD ->
                            isInterval(left) && !isInterval(right)
                                    ? shift(signature, 1, 0, 1, clock)
                                    : shift(signature, 0, 1, 1, clock);
                    case SUBTRACT ->
                            isPoint(right)
                                    ? difference(left, right, clock)
                                    : shift(signature, 0, 1, -1, clock);
                    case MULTIPLY -> isInterval(left) ? scaled(left, 0, 1) : scaled(right, 1, 0);
                    default -> divided(signature, overflow);
                };
        return RowFunction.strict(
                signature,
                (in, out) -> {
                    try {
                        function.apply(in, out);
                    } catch (ArithmeticException tooLarge) {
                        if (overflow != Overflow.NULL) {
                            throw failure(isInterval(left) && isInterval(right), operation);
                        }
                    }
                });
    }

    private static RuntimeException failure(boolean intervals, Operation operation) {
        return intervals
                ? Failures.arithmetic(
                        "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION",
                        "functionName",
                        "`" + operation.tryFunction() + "`")
                : Failures.arithmetic(
                        "DATETIME_OVERFLOW", "operation", "add an interval to a date or timestamp");
    }

    static boolean isInterval(DataType type) {
        return type == AtomicType.CALENDAR_INTERVAL
                || type instanceof YearMonthIntervalType
                || type instanceof DayTimeIntervalType;
    }

    private static boolean isPoint(DataType type) {
        return type == AtomicType.DATE
                || type == AtomicType.TIMESTAMP
                || type == AtomicType.TIMESTAMP_NTZ
                || type instanceof TimeType;
    }

    /// The row function of argument `base` moved by `sign` times argument `by`.
    private static RowFunction shift(
            Signature signature, int base, int by, int sign, ZoneClock clock) {
        DataType type = signature.argument(base);
        DataType step = signature.argument(by);
        return switch (type) {
            case AtomicType.DATE -> shiftDate(signature.type(), step, base, by, sign, clock);
            case AtomicType.TIMESTAMP ->
                    (in, out) -> out.set(move(in.getLong(base), in, by, step, sign, clock));
            case AtomicType.TIMESTAMP_NTZ ->
                    (in, out) -> out.set(move(in.getLong(base), in, by, step, sign, null));
            case TimeType _ ->
                    (in, out) -> {
                        long moved = in.getLong(base) + sign * in.getLong(by) * 1000;
                        if (moved < 0 || moved >= ZoneClock.DAY * 1000) {
                            throw new ArithmeticException("time of day");
                        }
                        out.set(moved);
                    };
            case AtomicType.CALENDAR_INTERVAL -> (in, out) -> out.setValue(sum(in, sign));
            case YearMonthIntervalType _ ->
                    (in, out) ->
                            out.set(
                                    Math.addExact(
                                            in.getInt(0), Math.multiplyExact(sign, in.getInt(1))));
            default ->
                    (in, out) ->
                            out.set(
                                    Math.addExact(
                                            in.getLong(0),
                                            Math.multiplyExact(sign, in.getLong(1))));
        };
    }

    private static CalendarInterval sum(Input in, int sign) {
        CalendarInterval a = (CalendarInterval) in.value(0);
        CalendarInterval b = (CalendarInterval) in.value(1);
        return new CalendarInterval(
                Math.addExact(a.months(), sign * b.months()),
                Math.addExact(a.days(), sign * b.days()),
                Math.addExact(a.microseconds(), sign * b.microseconds()));
    }

    private static RowFunction shiftDate(
            DataType result, DataType step, int base, int by, int sign, ZoneClock clock) {
        if (step.isIntegral()) {
            return (in, out) ->
                    out.set(
                            Math.addExact(
                                    in.getInt(base), Math.multiplyExact(sign, in.getInt(by))));
        }
        if (step instanceof YearMonthIntervalType) {
            return (in, out) ->
                    out.set(CivilDate.addMonths(in.getInt(base), (long) sign * in.getInt(by)));
        }
        if (result == AtomicType.DATE) {
            return (in, out) -> {
                if (step instanceof DayTimeIntervalType) {
                    out.set(
                            Math.toIntExact(
                                    in.getInt(base)
                                            + sign * Math.floorDiv(in.getLong(by), ZoneClock.DAY)));
                } else {
                    CalendarInterval interval = (CalendarInterval) in.value(by);
                    int moved =
                            CivilDate.addMonths(in.getInt(base), (long) sign * interval.months());
                    out.set(Math.addExact(moved, sign * interval.days()));
                }
            };
        }
        boolean local = result == AtomicType.TIMESTAMP_NTZ;
        return (in, out) -> {
            long start = local ? in.getInt(base) * ZoneClock.DAY : clock.ofDays(in.getInt(base));
            out.set(move(start, in, by, step, sign, local ? null : clock));
        };
    }

    /// Moves a timestamp; without a clock it is local already.
    private static long move(
            long time, Input in, int by, DataType step, int sign, ZoneClock clock) {
        if (step instanceof DayTimeIntervalType) {
            long micros = Math.multiplyExact((long) sign, in.getLong(by));
            int days = Math.toIntExact(micros / ZoneClock.DAY);
            return addParts(time, 0, days, micros % ZoneClock.DAY, clock);
        }
        if (step instanceof YearMonthIntervalType) {
            return addParts(time, sign * in.getInt(by), 0, 0, clock);
        }
        CalendarInterval interval = (CalendarInterval) in.value(by);
        return addParts(
                time,
                sign * interval.months(),
                sign * interval.days(),
                sign * interval.microseconds(),
                clock);
    }

    /// Months, then days, then microseconds, the first two in local time.
    static long addParts(long time, int months, int days, long micros, ZoneClock clock) {
        if (months == 0 && days == 0) {
            return Math.addExact(time, micros);
        }
        long local = clock == null ? time : clock.toLocal(time);
        int date = (int) Math.floorDiv(local, ZoneClock.DAY);
        int moved = Math.addExact(CivilDate.addMonths(date, months), days);
        long result =
                Math.addExact(
                        Math.multiplyExact(moved, ZoneClock.DAY),
                        Math.floorMod(local, ZoneClock.DAY));
        return Math.addExact(clock == null ? result : clock.toInstant(result), micros);
    }

    private static RowFunction difference(DataType left, DataType right, ZoneClock clock) {
        if (left == AtomicType.DATE && right == AtomicType.DATE) {
            return (in, out) -> out.set((in.getInt(0) - (long) in.getInt(1)) * ZoneClock.DAY);
        }
        if (left instanceof TimeType) {
            return (in, out) -> out.set((in.getLong(0) - in.getLong(1)) / 1000);
        }
        return (in, out) ->
                out.set(
                        Math.subtractExact(
                                instant(in, 0, left, clock), instant(in, 1, right, clock)));
    }

    /// Differences of timestamps count local microseconds, so that a day has 24 hours across clock
    /// changes.
    private static long instant(Input in, int i, DataType type, ZoneClock clock) {
        return switch (type) {
            case AtomicType.DATE -> in.getInt(i) * ZoneClock.DAY;
            case AtomicType.TIMESTAMP -> clock.toLocal(in.getLong(i));
            default -> in.getLong(i);
        };
    }

    private static RowFunction scaled(DataType type, int interval, int factor) {
        if (type == AtomicType.CALENDAR_INTERVAL) {
            return (in, out) ->
                    out.setValue(
                            multiply((CalendarInterval) in.value(interval), in.getDouble(factor)));
        }
        return (in, out) -> {
            DataType number = in.type(factor);
            if (number.isIntegral()) {
                out.set(exact(type, Math.multiplyExact(in.getLong(interval), in.getLong(factor))));
            } else {
                BigDecimal times =
                        number.isFractional()
                                ? BigDecimal.valueOf(in.getDouble(factor))
                                : in.decimal(factor);
                out.set(
                        exact(
                                type,
                                round(BigDecimal.valueOf(in.getLong(interval)).multiply(times))));
            }
        };
    }

    private static long exact(DataType type, long value) {
        return type instanceof YearMonthIntervalType ? Math.toIntExact(value) : value;
    }

    private static long round(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static RowFunction divided(Signature signature, Overflow overflow) {
        DataType type = signature.argument(0);
        return (Input in, Output out) -> {
            if (in.getDouble(1) == 0) {
                if (overflow != Overflow.NULL) {
                    throw Failures.arithmetic("INTERVAL_DIVIDED_BY_ZERO");
                }
                return;
            }
            if (type == AtomicType.CALENDAR_INTERVAL) {
                out.setValue(multiply((CalendarInterval) in.value(0), 1 / in.getDouble(1)));
                return;
            }
            BigDecimal divisor =
                    in.type(1).isFractional() ? BigDecimal.valueOf(in.getDouble(1)) : in.decimal(1);
            out.set(
                    exact(
                            type,
                            BigDecimal.valueOf(in.getLong(0))
                                    .divide(divisor, 0, RoundingMode.HALF_UP)
                                    .longValueExact()));
        };
    }

    /// Fractions of a month become days of a 30-day month, fractions of a day microseconds.
    private static CalendarInterval multiply(CalendarInterval interval, double factor) {
        double months = factor * interval.months();
        double days = factor * interval.days() + (months - (long) months) * 30;
        double micros = factor * interval.microseconds() + (days - (long) days) * ZoneClock.DAY;
        return new CalendarInterval((int) months, (int) days, Math.round(micros));
    }

    static VectorKernel negate(Signature signature) {
        return RowFunction.strict(
                signature,
                (in, out) -> {
                    CalendarInterval interval = (CalendarInterval) in.value(0);
                    out.setValue(
                            new CalendarInterval(
                                    Math.negateExact(interval.months()),
                                    Math.negateExact(interval.days()),
                                    Math.negateExact(interval.microseconds())));
                });
    }
}
