package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Casts among dates, timestamps, intervals and numbers, and from numbers to binary.
final class TemporalCasts {
    private TemporalCasts() {}

    static VectorKernel kernel(
            DataType from, DataType to, Overflow mode, EvaluationSettings settings) {
        ZoneClock clock = new ZoneClock(settings.zone());
        Signature signature = new Signature("cast", List.of(from), new Object[0], to, settings);
        if (from == AtomicType.DATE || to == AtomicType.DATE) {
            return dates(from, to, clock);
        }
        RowFunction function =
                switch (from) {
                    case AtomicType.TIMESTAMP -> ofTimestamp(from, to, mode, clock);
                    case AtomicType.TIMESTAMP_NTZ ->
                            to instanceof TimeType
                                    ? (in, out) ->
                                            out.set(
                                                    Math.floorMod(in.getLong(0), ZoneClock.DAY)
                                                            * 1000)
                                    : (in, out) -> out.set(clock.toInstant(in.getLong(0)));
                    case YearMonthIntervalType interval -> ofYearMonth(interval, to, mode);
                    case DayTimeIntervalType interval -> ofDayTime(interval, to, mode);
                    case TimeType _ -> (in, out) -> out.set(in.getLong(0));
                    default -> ofNumber(from, to, mode);
                };
        return RowFunction.strict(signature, function);
    }

    private static VectorKernel dates(DataType from, DataType to, ZoneClock clock) {
        return (arguments, rows) -> {
            Vector source = Columns.flat(arguments[0]);
            if (from == AtomicType.DATE) {
                boolean zoned = to == AtomicType.TIMESTAMP;
                return midnights(((IntVector) source), zoned ? clock : null, rows);
            }
            return days((LongVector) source, from == AtomicType.TIMESTAMP ? clock : null, rows);
        };
    }

    private static Vector midnights(IntVector days, ZoneClock clock, Rows rows) {
        int n = rows.length();
        long[] out = new long[n];
        int[] values = days.values();
        if (clock == null || clock.isFixed()) {
            long offset = clock == null ? 0 : clock.offset(0);
            for (int i = 0; i < n; i++) {
                out[i] = values[i] * ZoneClock.DAY - offset;
            }
        } else {
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                out[row] = Columns.present(days.validity(), row) ? clock.ofDays(values[row]) : 0;
            }
        }
        return new LongVector(out, n, days.validity());
    }

    private static Vector days(LongVector times, ZoneClock clock, Rows rows) {
        int n = rows.length();
        int[] out = new int[n];
        long[] values = times.values();
        if (clock == null || clock.isFixed()) {
            long offset = clock == null ? 0 : clock.offset(0);
            for (int i = 0; i < n; i++) {
                out[i] = (int) Math.floorDiv(values[i] + offset, ZoneClock.DAY);
            }
        } else {
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                out[row] = Columns.present(times.validity(), row) ? clock.toDays(values[row]) : 0;
            }
        }
        return new IntVector(out, n, times.validity());
    }

    private static RowFunction ofTimestamp(
            DataType from, DataType to, Overflow mode, ZoneClock clock) {
        return switch (to) {
            case AtomicType.TIMESTAMP_NTZ -> (in, out) -> out.set(clock.toLocal(in.getLong(0)));
            case AtomicType.DOUBLE, AtomicType.FLOAT -> (in, out) -> out.set(in.getLong(0) / 1e6);
            case AtomicType.BOOLEAN -> (in, out) -> out.set(in.getLong(0) != 0);
            case TimeType _ ->
                    (in, out) ->
                            out.set(
                                    Math.floorMod(clock.toLocal(in.getLong(0)), ZoneClock.DAY)
                                            * 1000);
            default ->
                    (in, out) -> {
                        long seconds = Math.floorDiv(in.getLong(0), ZoneClock.SECOND);
                        fit(seconds, in.getLong(0), out, from, to, mode);
                    };
        };
    }

    private static void fit(
            long value, Object shown, Output out, DataType from, DataType to, Overflow mode) {
        int shift = 64 - NumericCasts.bits(to);
        long cut = value << shift >> shift;
        if (cut != value && mode != Overflow.WRAP) {
            if (mode == Overflow.FAIL) {
                throw CastFailures.overflow(shown, from, to);
            }
            return;
        }
        out.set(cut);
    }

    private static RowFunction ofYearMonth(YearMonthIntervalType from, DataType to, Overflow mode) {
        if (to instanceof YearMonthIntervalType target) {
            int unit = target.end() == YearMonthIntervalType.Field.YEAR ? 12 : 1;
            return (in, out) -> out.set(in.getInt(0) / unit * unit);
        }
        int unit = from.end() == YearMonthIntervalType.Field.YEAR ? 12 : 1;
        return (in, out) -> fit(in.getInt(0) / unit, in.getInt(0), out, from, to, mode);
    }

    private static RowFunction ofDayTime(DayTimeIntervalType from, DataType to, Overflow mode) {
        if (to instanceof DayTimeIntervalType target) {
            long unit = target.end() == DayTimeIntervalType.Field.SECOND ? 1 : unit(target.end());
            return (in, out) -> out.set(in.getLong(0) / unit * unit);
        }
        long unit = unit(from.end());
        return to.isFractional()
                ? (in, out) -> out.set((double) in.getLong(0) / unit)
                : (in, out) -> fit(in.getLong(0) / unit, in.getLong(0), out, from, to, mode);
    }

    private static long unit(DayTimeIntervalType.Field field) {
        return switch (field) {
            case DAY -> ZoneClock.DAY;
            case HOUR -> 3600 * ZoneClock.SECOND;
            case MINUTE -> 60 * ZoneClock.SECOND;
            case SECOND -> ZoneClock.SECOND;
        };
    }

    private static RowFunction ofNumber(DataType from, DataType to, Overflow mode) {
        return switch (to) {
            case AtomicType.TIMESTAMP, AtomicType.TIMESTAMP_NTZ ->
                    from.isFractional()
                            ? (in, out) -> timestamp(in, out, from, to, mode)
                            : from == AtomicType.BOOLEAN
                                    ? (in, out) -> out.set(in.getLong(0))
                                    : (in, out) -> out.set(saturated(in.getLong(0)));
            case YearMonthIntervalType interval -> {
                int unit = interval.end() == YearMonthIntervalType.Field.YEAR ? 12 : 1;
                yield (in, out) ->
                        out.set(Math.toIntExact(Math.multiplyExact(in.getLong(0), unit)));
            }
            case DayTimeIntervalType interval -> {
                long unit = unit(interval.end());
                yield (in, out) -> out.set(Math.multiplyExact(in.getLong(0), unit));
            }
            case AtomicType.BINARY -> {
                int bytes = NumericCasts.bits(from) / 8;
                yield (in, out) -> {
                    byte[] wide = ByteBuffer.allocate(8).putLong(in.getLong(0)).array();
                    out.set(Arrays.copyOfRange(wide, 8 - bytes, 8));
                };
            }
            default ->
                    throw new IllegalArgumentException(
                            "no cast from " + from.simpleString() + " to " + to.simpleString());
        };
    }

    private static long saturated(long seconds) {
        return java.util.concurrent.TimeUnit.SECONDS.toMicros(seconds);
    }

    private static void timestamp(Input in, Output out, DataType from, DataType to, Overflow mode) {
        double value = in.getDouble(0);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            if (mode == Overflow.FAIL) {
                throw CastFailures.overflow(value, from, to);
            }
            return;
        }
        out.set((long) (value * 1_000_000L));
    }
}
