package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.CivilDate;
import io.troupe.columnar.time.TimeUnit;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/// Dates: their parts, moves and names. Timestamps are taken by their local date.
final class DateFunctions {
    private DateFunctions() {}

    static void register(FunctionTable table) {
        table.strict("year", part(CivilDate::year));
        table.strict("quarter", part(days -> (CivilDate.month(days) + 2) / 3));
        table.strict("month", part(CivilDate::month));
        table.strict("day", part(CivilDate::day));
        table.alias("dayofmonth", "day");
        table.strict("dayofyear", part(CivilDate::dayOfYear));
        table.strict("dayofweek", part(days -> (CivilDate.weekday(days) + 1) % 7 + 1));
        table.strict("weekday", part(CivilDate::weekday));
        table.strict("weekofyear", part(CivilDate::isoWeek));
        table.strict("last_day", part(DateFunctions::lastDay));
        table.strict("unix_date", part(days -> days));
        table.strict("date_from_unix_date", signature -> (arguments, rows) -> arguments[0]);
        table.rows("dayname", signature -> names(signature, true));
        table.rows("monthname", signature -> names(signature, false));
        table.row("date_add", (in, out) -> out.set(Math.addExact(in.getInt(0), in.getInt(1))));
        table.row("date_sub", (in, out) -> out.set(Math.subtractExact(in.getInt(0), in.getInt(1))));
        table.rows("date_diff", DateFunctions::difference);
        table.alias("datediff", "date_diff");
        table.row(
                "add_months",
                (in, out) -> out.set(CivilDate.addMonths(in.getInt(0), in.getInt(1))));
        table.rows("months_between", DateFunctions::monthsBetween);
        table.rows("next_day", DateFunctions::nextDay);
        table.row("trunc", DateFunctions::truncate);
        table.rows("make_date", DateFunctions::makeDate);
    }

    /// The local date of an argument.
    static int days(Input in, int i, ZoneClock clock) {
        if (in.type(i) == AtomicType.DATE) {
            return in.getInt(i);
        }
        long time = in.getLong(i);
        long local = in.type(i) == AtomicType.TIMESTAMP ? clock.toLocal(time) : time;
        return (int) Math.floorDiv(local, ZoneClock.DAY);
    }

    private static KernelFactory part(IntUnaryOperator part) {
        return signature -> {
            ZoneClock clock =
                    signature.argument(0) == AtomicType.TIMESTAMP
                            ? new ZoneClock(signature.settings().zone())
                            : null;
            return (arguments, rows) -> apply(Columns.flat(arguments[0]), part, clock, rows);
        };
    }

    private static Vector apply(Vector source, IntUnaryOperator part, ZoneClock clock, Rows rows) {
        int[] out = new int[rows.length()];
        long[] validity = source.validity();
        if (source instanceof IntVector dates) {
            int[] values = dates.values();
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                out[row] = part.applyAsInt(values[row]);
            }
        } else {
            long[] values = ((LongVector) source).values();
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                long local = clock == null ? values[row] : clock.toLocal(values[row]);
                out[row] = part.applyAsInt((int) Math.floorDiv(local, ZoneClock.DAY));
            }
        }
        return new IntVector(out, rows.length(), validity);
    }

    private static int lastDay(int days) {
        long packed = CivilDate.pack(days);
        return days
                - (int) (packed & 31)
                + CivilDate.monthLength(packed >> 9, (int) (packed >> 5) & 15);
    }

    private static RowFunction names(Signature signature, boolean day) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> {
            int days = days(in, 0, clock);
            out.set(
                    day
                            ? DayOfWeek.of(CivilDate.weekday(days) + 1)
                                    .getDisplayName(TextStyle.SHORT, Locale.US)
                            : Month.of(CivilDate.month(days))
                                    .getDisplayName(TextStyle.SHORT, Locale.US));
        };
    }

    private static RowFunction difference(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> out.set(days(in, 0, clock) - days(in, 1, clock));
    }

    private static RowFunction monthsBetween(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> {
            long a = TimestampFunctions.local(in, 0, clock);
            long b = TimestampFunctions.local(in, 1, clock);
            boolean round = in.size() < 3 || in.getBoolean(2);
            out.set(monthsBetween(a, b, round));
        };
    }

    /// Whole months when both are the same day of the month or both the last one; else fractions of
    /// a 31-day month.
    private static double monthsBetween(long a, long b, boolean round) {
        long first = CivilDate.pack((int) Math.floorDiv(a, ZoneClock.DAY));
        long second = CivilDate.pack((int) Math.floorDiv(b, ZoneClock.DAY));
        long months = ((first >> 9) - (second >> 9)) * 12 + (first >> 5 & 15) - (second >> 5 & 15);
        int day1 = (int) first & 31;
        int day2 = (int) second & 31;
        boolean last1 = day1 == CivilDate.monthLength(first >> 9, (int) (first >> 5) & 15);
        boolean last2 = day2 == CivilDate.monthLength(second >> 9, (int) (second >> 5) & 15);
        if (day1 == day2 || last1 && last2) {
            return months;
        }
        long seconds1 = Math.floorMod(a, ZoneClock.DAY) / ZoneClock.SECOND;
        long seconds2 = Math.floorMod(b, ZoneClock.DAY) / ZoneClock.SECOND;
        long seconds = (day1 - day2) * 86400L + seconds1 - seconds2;
        double difference = months + seconds / (31.0 * 86400);
        return round ? Math.round(difference * 1e8) / 1e8 : difference;
    }

    private static RowFunction nextDay(Signature signature) {
        boolean ansi = signature.ansi();
        return (in, out) -> {
            String name = in.string(1).toUpperCase(Locale.ROOT);
            int day =
                    switch (name) {
                        case "MO", "MON", "MONDAY" -> 0;
                        case "TU", "TUE", "TUESDAY" -> 1;
                        case "WE", "WED", "WEDNESDAY" -> 2;
                        case "TH", "THU", "THURSDAY" -> 3;
                        case "FR", "FRI", "FRIDAY" -> 4;
                        case "SA", "SAT", "SATURDAY" -> 5;
                        case "SU", "SUN", "SUNDAY" -> 6;
                        default -> -1;
                    };
            if (day >= 0) {
                int days = in.getInt(0);
                out.set(days + 1 + Math.floorMod(day - CivilDate.weekday(days) - 1, 7));
            } else if (ansi) {
                throw Failures.argument("ILLEGAL_DAY_OF_WEEK", "string", in.string(1));
            }
        };
    }

    private static void truncate(Input in, Output out) {
        TimeUnit unit = TimeUnit.of(in.string(1));
        if (unit != null && unit.ordinal() >= TimeUnit.WEEK.ordinal()) {
            out.set(unit.truncate(in.getInt(0)));
        }
    }

    private static RowFunction makeDate(Signature signature) {
        boolean ansi = signature.ansi();
        return (in, out) -> {
            try {
                java.time.LocalDate date =
                        java.time.LocalDate.of(in.getInt(0), in.getInt(1), in.getInt(2));
                out.set(Math.toIntExact(date.toEpochDay()));
            } catch (java.time.DateTimeException invalid) {
                if (ansi) {
                    throw outOfBounds(invalid);
                }
            }
        };
    }

    static RuntimeException outOfBounds(Exception cause) {
        RuntimeException failure =
                Failures.dateTime(
                        "DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION",
                        "rangeMessage",
                        cause.getMessage(),
                        "ansiConfig",
                        Failures.ANSI_CONFIG);
        failure.initCause(cause);
        return failure;
    }
}
