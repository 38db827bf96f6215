package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;

/// `sequence(start, stop, step)` over numbers, dates and timestamps; the step is 1 (or a day)
/// towards `stop` when not given.
final class SequenceFunction {
    private static final long MAX_LENGTH = Integer.MAX_VALUE - 15;

    private SequenceFunction() {}

    static void register(FunctionTable table) {
        table.rows("sequence", SequenceFunction::sequence);
    }

    private static RowFunction sequence(Signature signature) {
        DataType type = signature.argument(0);
        if (type.isIntegral()) {
            return SequenceFunction::numbers;
        }
        ZoneClock clock =
                type == AtomicType.TIMESTAMP ? new ZoneClock(signature.settings().zone()) : null;
        return (in, out) -> times(in, out, clock);
    }

    private static void check(long start, long stop, String step, boolean valid) {
        if (!valid) {
            throw Failures.argument(
                    "INVALID_PARAMETER_VALUE.PATTERN",
                    "parameter",
                    "`step`",
                    "functionName",
                    "`sequence`",
                    "value",
                    "Illegal sequence boundaries: " + start + " to " + stop + " by " + step);
        }
    }

    private static void numbers(Input in, Output out) {
        long start = in.getLong(0);
        long stop = in.getLong(1);
        long step = in.size() > 2 ? in.getLong(2) : start <= stop ? 1 : -1;
        check(
                start,
                stop,
                Long.toString(step),
                step > 0 && start <= stop
                        || step < 0 && start >= stop
                        || step == 0 && start == stop);
        long count = step == 0 ? 1 : Math.floorDiv(Math.subtractExact(stop, start), step) + 1;
        if (count > MAX_LENGTH) {
            throw ArrayFunctions.parameterTooLarge(count, "count", "sequence");
        }
        List<Object> values = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            values.add(start + i * step);
        }
        out.setValue(values);
    }

    /// A step in months and microseconds.
    private record Step(int months, int days, long micros) {
        boolean forward() {
            return months > 0 || days > 0 || micros > 0;
        }

        boolean backward() {
            return months < 0 || days < 0 || micros < 0;
        }
    }

    private static Step step(Input in, boolean forward) {
        if (in.size() < 3) {
            return new Step(0, forward ? 1 : -1, 0);
        }
        DataType type = in.type(2);
        if (type instanceof YearMonthIntervalType) {
            return new Step(in.getInt(2), 0, 0);
        }
        if (type instanceof DayTimeIntervalType) {
            long micros = in.getLong(2);
            return new Step(0, 0, micros);
        }
        CalendarInterval interval = (CalendarInterval) in.value(2);
        return new Step(interval.months(), interval.days(), interval.microseconds());
    }

    private static void times(Input in, Output out, ZoneClock clock) {
        boolean dates = in.type(0) == AtomicType.DATE;
        long start = dates ? in.getInt(0) * ZoneClock.DAY : in.getLong(0);
        long stop = dates ? in.getInt(1) * ZoneClock.DAY : in.getLong(1);
        Step step = step(in, start <= stop);
        boolean standing = !step.forward() && !step.backward();
        check(
                start,
                stop,
                step.toString(),
                start == stop || !standing && step.forward() == start < stop);
        List<Object> values = new ArrayList<>();
        long time = start;
        for (int i = 0; step.backward() ? time >= stop : time <= stop; ) {
            values.add(dates ? (Object) (int) Math.floorDiv(time, ZoneClock.DAY) : (Object) time);
            i++;
            if (values.size() >= MAX_LENGTH || standing) {
                break;
            }
            time =
                    TimeArithmetic.addParts(
                            start, i * step.months(), i * step.days(), i * step.micros(), clock);
        }
        out.setValue(values);
    }
}
