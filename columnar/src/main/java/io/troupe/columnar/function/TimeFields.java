package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.CivilDate;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.util.Locale;

/// `extract(field from source)`, also called `date_part`: the field's name is the first argument.
final class TimeFields {
    private TimeFields() {}

    static RowFunction field(Signature signature) {
        DataType source = signature.argument(1);
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> field(in.string(0).toUpperCase(Locale.ROOT), source, 1, clock, in, out);
    }

    /// A fixed field of the only argument.
    static RowFunction named(Signature signature, String field) {
        DataType source = signature.argument(0);
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> field(field, source, 0, clock, in, out);
    }

    private static void field(
            String field, DataType source, int argument, ZoneClock clock, Input in, Output out) {
        if (source == AtomicType.CALENDAR_INTERVAL) {
            CalendarInterval interval = (CalendarInterval) in.value(argument);
            ofInterval(field, interval.months(), interval.days(), interval.microseconds(), out);
        } else if (source instanceof YearMonthIntervalType) {
            ofInterval(field, in.getInt(argument), 0, 0, out);
        } else if (source instanceof DayTimeIntervalType) {
            long micros = in.getLong(argument);
            int days = (int) (micros / ZoneClock.DAY);
            ofInterval(field, 0, days, micros % ZoneClock.DAY, out);
        } else {
            ofTime(field, TimestampFunctions.local(in, argument, clock), source, out);
        }
    }

    private static void ofTime(String field, long local, DataType source, Output out) {
        int days = (int) Math.floorDiv(local, ZoneClock.DAY);
        long micros = Math.floorMod(local, ZoneClock.DAY);
        switch (field) {
            case "YEAR", "Y", "YEARS", "YR", "YRS" -> out.set(CivilDate.year(days));
            case "YEAROFWEEK" -> out.set(CivilDate.isoYear(days));
            case "QUARTER", "QTR" -> out.set((CivilDate.month(days) + 2) / 3);
            case "MONTH", "MON", "MONS", "MONTHS" -> out.set(CivilDate.month(days));
            case "WEEK", "W", "WEEKS" -> out.set(CivilDate.isoWeek(days));
            case "DAY", "D", "DAYS" -> out.set(CivilDate.day(days));
            case "DAYOFWEEK", "DOW" -> out.set((CivilDate.weekday(days) + 1) % 7 + 1);
            case "DAYOFWEEK_ISO", "DOW_ISO" -> out.set(CivilDate.weekday(days) + 1);
            case "DOY" -> out.set(CivilDate.dayOfYear(days));
            case "HOUR", "H", "HOURS", "HR", "HRS" -> out.set(micros / (3600 * ZoneClock.SECOND));
            case "MINUTE", "M", "MIN", "MINS", "MINUTES" ->
                    out.set(micros / (60 * ZoneClock.SECOND) % 60);
            case "SECOND", "S", "SEC", "SECONDS", "SECS" ->
                    seconds(micros % (60 * ZoneClock.SECOND), out);
            default -> throw unknown(field, source);
        }
    }

    private static void ofInterval(String field, int months, int days, long micros, Output out) {
        switch (field) {
            case "YEAR", "Y", "YEARS", "YR", "YRS" -> out.set(months / 12);
            case "MONTH", "MON", "MONS", "MONTHS" -> out.set(months % 12);
            case "DAY", "D", "DAYS" -> out.set(days);
            case "HOUR", "H", "HOURS", "HR", "HRS" -> out.set(micros / (3600 * ZoneClock.SECOND));
            case "MINUTE", "M", "MIN", "MINS", "MINUTES" ->
                    out.set(micros / (60 * ZoneClock.SECOND) % 60);
            case "SECOND", "S", "SEC", "SECONDS", "SECS" ->
                    seconds(micros % (60 * ZoneClock.SECOND), out);
            default -> throw unknown(field, out.type());
        }
    }

    private static void seconds(long micros, Output out) {
        if (out.type() instanceof DecimalType) {
            out.set(BigDecimal.valueOf(micros, 6));
        } else {
            out.set(micros / ZoneClock.SECOND);
        }
    }

    private static RuntimeException unknown(String field, DataType source) {
        return Failures.parameter(
                "PATTERN",
                "extract",
                "field",
                "value",
                "'"
                        + field
                        + "' is no field of \""
                        + source.sql()
                        + "\"; use YEAR, MONTH, DAY, HOUR, MINUTE, SECOND …");
    }
}
