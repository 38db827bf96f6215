package io.troupe.columnar.function;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.TimeUnit;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;

/// Timestamps, times and intervals made of numbers; arithmetic of times of day.
final class TimeMakers {
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private TimeMakers() {}

    static void register(FunctionTable table) {
        for (String name :
                new String[] {"make_timestamp", "make_timestamp_ltz", "make_timestamp_ntz"}) {
            table.rows(name, signature -> timestamp(signature, !signature.ansi()));
            table.rows("try_" + name, signature -> timestamp(signature, true));
        }
        table.rows("make_interval", signature -> interval(!signature.ansi()));
        table.rows("try_make_interval", signature -> interval(true));
        table.rows("make_dt_interval", signature -> TimeMakers::dayTime);
        table.rows("make_ym_interval", signature -> TimeMakers::yearMonth);
        table.row("make_time", TimeMakers::time);
        table.row("time_diff", TimeMakers::timeDifference);
        table.row("time_trunc", TimeMakers::timeTruncate);
        times(table);
    }

    private static void times(FunctionTable table) {
        table.row("time_from_seconds", (in, out) -> fromNumber(in, out, 9));
        table.row("time_from_millis", (in, out) -> fromNumber(in, out, 6));
        table.row("time_from_micros", (in, out) -> fromNumber(in, out, 3));
        table.row(
                "time_to_seconds",
                (in, out) ->
                        out.setValue(
                                BigDecimal.valueOf(in.getLong(0), 9)
                                        .setScale(scale(out), RoundingMode.FLOOR)));
        table.row("time_to_millis", (in, out) -> out.set(in.getLong(0) / 1_000_000));
        table.row("time_to_micros", (in, out) -> out.set(in.getLong(0) / 1000));
    }

    private static int scale(Output out) {
        return out.type() instanceof io.troupe.planner.type.DecimalType decimal
                ? decimal.scale()
                : 0;
    }

    private static RowFunction timestamp(Signature signature, boolean lenient) {
        ZoneClock session = new ZoneClock(signature.settings().zone());
        boolean local = signature.type() == AtomicType.TIMESTAMP_NTZ;
        return (in, out) -> {
            try {
                long time;
                int zoneArgument = -1;
                if (in.type(0) == AtomicType.DATE) {
                    time =
                            in.getInt(0) * ZoneClock.DAY
                                    + (in.size() > 1 ? in.getLong(1) / 1000 : 0);
                    zoneArgument = in.size() > 2 ? 2 : -1;
                } else {
                    time = local(in);
                    zoneArgument = in.size() > 6 ? 6 : -1;
                }
                ZoneClock clock =
                        zoneArgument < 0
                                ? session
                                : new ZoneClock(EvaluationSettings.zone(in.string(zoneArgument)));
                out.set(local ? time : clock.toInstant(time));
            } catch (DateTimeException invalid) {
                if (!lenient) {
                    throw DateFunctions.outOfBounds(invalid);
                }
            }
        };
    }

    /// Seconds may be 60 exactly, which is the next minute.
    private static long local(Input in) {
        int year = in.getInt(0);
        int month = in.getInt(1);
        int day = in.getInt(2);
        int hour = in.getInt(3);
        int minute = in.getInt(4);
        BigDecimal seconds = in.decimal(5);
        if (seconds.signum() < 0 || seconds.compareTo(SIXTY) > 0) {
            if (seconds.setScale(0, RoundingMode.FLOOR).equals(SIXTY)) {
                throw Failures.dateTime(
                        "INVALID_FRACTION_OF_SECOND", "secAndMicros", seconds.toPlainString());
            }
            throw new DateTimeException(
                    "Invalid value for SecondOfMinute (valid values 0 - 59): "
                            + seconds.setScale(0, RoundingMode.FLOOR));
        }
        long date = java.time.LocalDate.of(year, month, day).toEpochDay();
        int base = java.time.LocalTime.of(hour, minute).toSecondOfDay();
        long micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN).longValue();
        return date * ZoneClock.DAY + base * ZoneClock.SECOND + micros;
    }

    private static RowFunction interval(boolean lenient) {
        return (in, out) -> {
            try {
                long[] parts = new long[6];
                for (int i = 0; i < Math.min(6, in.size()); i++) {
                    parts[i] = in.getInt(i);
                }
                long micros = in.size() > 6 ? in.decimal(6).movePointRight(6).longValue() : 0;
                int months = Math.toIntExact(Math.addExact(parts[0] * 12, parts[1]));
                int days = Math.toIntExact(Math.addExact(parts[2] * 7, parts[3]));
                long time = parts[4] * 3600 * ZoneClock.SECOND + parts[5] * 60 * ZoneClock.SECOND;
                out.setValue(new CalendarInterval(months, days, Math.addExact(time, micros)));
            } catch (ArithmeticException tooLarge) {
                if (!lenient) {
                    throw Failures.arithmetic("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION");
                }
            }
        };
    }

    private static void dayTime(Input in, Output out) {
        try {
            long micros = Math.multiplyExact(in.size() > 0 ? in.getInt(0) : 0, ZoneClock.DAY);
            micros =
                    Math.addExact(
                            micros, in.size() > 1 ? in.getInt(1) * (3600 * ZoneClock.SECOND) : 0);
            micros =
                    Math.addExact(
                            micros, in.size() > 2 ? in.getInt(2) * (60 * ZoneClock.SECOND) : 0);
            micros =
                    Math.addExact(
                            micros,
                            in.size() > 3 ? in.decimal(3).movePointRight(6).longValueExact() : 0);
            out.set(micros);
        } catch (ArithmeticException tooLarge) {
            throw Failures.arithmetic("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION");
        }
    }

    private static void yearMonth(Input in, Output out) {
        try {
            int years = in.size() > 0 ? in.getInt(0) : 0;
            out.set(Math.addExact(Math.multiplyExact(years, 12), in.size() > 1 ? in.getInt(1) : 0));
        } catch (ArithmeticException tooLarge) {
            throw Failures.arithmetic("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION");
        }
    }

    private static void time(Input in, Output out) {
        try {
            int base = java.time.LocalTime.of(in.getInt(0), in.getInt(1)).toSecondOfDay();
            BigDecimal seconds = in.decimal(2);
            if (seconds.signum() < 0 || seconds.compareTo(SIXTY) >= 0) {
                throw new DateTimeException(
                        "Invalid value for SecondOfMinute (valid values 0 - 59): "
                                + seconds.toBigInteger());
            }
            out.set(base * 1_000_000_000L + seconds.movePointRight(9).longValue());
        } catch (DateTimeException invalid) {
            RuntimeException failure =
                    Failures.dateTime(
                            "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION",
                            "rangeMessage",
                            invalid.getMessage());
            failure.initCause(invalid);
            throw failure;
        }
    }

    private static void fromNumber(Input in, Output out, int digits) {
        BigDecimal nanos =
                (in.type(0).isFractional() ? BigDecimal.valueOf(in.getDouble(0)) : in.decimal(0))
                        .movePointRight(digits);
        if (nanos.signum() < 0 || nanos.compareTo(BigDecimal.valueOf(ZoneClock.DAY * 1000)) >= 0) {
            throw Failures.dateTime(
                    "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION",
                    "rangeMessage",
                    "Invalid value for NanoOfDay (valid values 0 - 86399999999999): "
                            + nanos.toBigInteger());
        }
        out.set(nanos.longValue());
    }

    private static long unitNanos(String name, String function) {
        TimeUnit unit = TimeUnit.of(name);
        if (unit == null || unit.ordinal() > TimeUnit.HOUR.ordinal()) {
            throw Failures.parameter("TIME_UNIT", function, "unit", "invalidValue", name);
        }
        return unit.micros() * 1000;
    }

    private static void timeDifference(Input in, Output out) {
        out.set((in.getLong(2) - in.getLong(1)) / unitNanos(in.string(0), "time_diff"));
    }

    private static void timeTruncate(Input in, Output out) {
        long unit = unitNanos(in.string(0), "time_trunc");
        out.set(in.getLong(1) / unit * unit);
    }
}
