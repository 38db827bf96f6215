package io.troupe.columnar.function;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.CivilDate;
import io.troupe.columnar.time.TimeUnit;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.TimeType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongUnaryOperator;

/// Timestamps: their parts, moves, differences, zones and numbers.
final class TimestampFunctions {
    private TimestampFunctions() {}

    static void register(FunctionTable table) {
        table.rows(
                "hour",
                signature -> clockPart(signature, micros -> micros / (3600 * ZoneClock.SECOND)));
        table.rows(
                "minute",
                signature -> clockPart(signature, micros -> micros / (60 * ZoneClock.SECOND) % 60));
        table.rows(
                "second",
                signature -> clockPart(signature, micros -> micros / ZoneClock.SECOND % 60));
        table.rows("date_trunc", TimestampFunctions::truncate);
        table.row("time_window_edge", TimestampFunctions::windowEdge);
        table.rows("timestamp_add", TimestampFunctions::add);
        table.alias("timestampadd", "timestamp_add");
        table.rows("dateadd", signature -> signature.size() == 3 ? add(signature) : dateAdd());
        table.rows("timestamp_diff", TimestampFunctions::difference);
        table.alias("timestampdiff", "timestamp_diff");
        table.row("timestamp_micros", (in, out) -> out.set(in.getLong(0)));
        table.row(
                "timestamp_millis", (in, out) -> out.set(Math.multiplyExact(in.getLong(0), 1000L)));
        table.rows("timestamp_seconds", TimestampFunctions::ofSeconds);
        table.row("unix_micros", (in, out) -> out.set(in.getLong(0)));
        table.row("unix_millis", (in, out) -> out.set(Math.floorDiv(in.getLong(0), 1000L)));
        table.row(
                "unix_seconds",
                (in, out) -> out.set(Math.floorDiv(in.getLong(0), ZoneClock.SECOND)));
        table.rows("from_utc_timestamp", signature -> shift(true));
        table.rows("to_utc_timestamp", signature -> shift(false));
        table.rows("convert_timezone", TimestampFunctions::convert);
        for (String name : new String[] {"date_part", "datepart", "extract"}) {
            table.rows(name, TimeFields::field);
        }
        fields(table);
        now(table);
    }

    private static void fields(FunctionTable table) {
        table.rows("second_with_fraction", signature -> TimeFields.named(signature, "SECOND"));
        table.rows("yearofweek", signature -> TimeFields.named(signature, "YEAROFWEEK"));
        for (String field : new String[] {"year", "month", "day", "hour", "minute", "second"}) {
            String name = field.toUpperCase(java.util.Locale.ROOT);
            table.rows("interval_" + field, signature -> TimeFields.named(signature, name));
        }
    }

    private static void now(FunctionTable table) {
        table.rows(
                "current_timestamp", signature -> (in, out) -> out.set(signature.settings().now()));
        table.alias("now", "current_timestamp");
        table.rows("localtimestamp", signature -> local(signature.settings()));
        table.rows("current_date", signature -> today(signature.settings()));
        table.alias("curdate", "current_date");
        table.rows("current_time", TimestampFunctions::currentTime);
        table.rows(
                "current_timezone",
                signature -> (in, out) -> out.set(signature.settings().zone().getId()));
    }

    private static RowFunction local(EvaluationSettings settings) {
        long local = new ZoneClock(settings.zone()).toLocal(settings.now());
        return (in, out) -> out.set(local);
    }

    private static RowFunction today(EvaluationSettings settings) {
        int days = new ZoneClock(settings.zone()).toDays(settings.now());
        return (in, out) -> out.set(days);
    }

    private static RowFunction currentTime(Signature signature) {
        long local = new ZoneClock(signature.settings().zone()).toLocal(signature.settings().now());
        int precision = signature.type() instanceof TimeType time ? time.precision() : 6;
        long unit = (long) Math.pow(10, 9 - precision);
        long nanos = Math.floorMod(local, ZoneClock.DAY) * 1000 / unit * unit;
        return (in, out) -> out.set(nanos);
    }

    /// Local microseconds of a date, timestamp or local timestamp; microseconds of the day of a
    /// time.
    static long local(Input in, int i, ZoneClock clock) {
        DataType type = in.type(i);
        if (type == AtomicType.DATE) {
            return in.getInt(i) * ZoneClock.DAY;
        }
        return type == AtomicType.TIMESTAMP
                ? clock.toLocal(in.getLong(i))
                : type instanceof TimeType ? in.getLong(i) / 1000 : in.getLong(i);
    }

    private static RowFunction clockPart(Signature signature, LongUnaryOperator part) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) ->
                out.set(part.applyAsLong(Math.floorMod(local(in, 0, clock), ZoneClock.DAY)));
    }

    /// Arguments: the time, the length of a span, where spans count from, and what is added.
    private static void windowEdge(Input in, Output out) {
        long time = in.getLong(0);
        out.set(time - Math.floorMod(time - in.getLong(2), in.getLong(1)) + in.getLong(3));
    }

    private static RowFunction truncate(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        boolean zoned = signature.argument(1) == AtomicType.TIMESTAMP;
        return (in, out) -> {
            TimeUnit unit = TimeUnit.of(in.string(0));
            if (unit != null) {
                long cut = truncate(local(in, 1, clock), unit);
                out.set(zoned ? clock.toInstant(cut) : cut);
            }
        };
    }

    private static long truncate(long local, TimeUnit unit) {
        return unit.ordinal() < TimeUnit.DAY.ordinal()
                ? Math.floorDiv(local, unit.micros()) * unit.micros()
                : unit.truncate((int) Math.floorDiv(local, ZoneClock.DAY)) * ZoneClock.DAY;
    }

    private static TimeUnit unit(String name, String function) {
        TimeUnit unit = TimeUnit.of(name);
        if (unit == null) {
            throw Failures.parameter(
                    "DATETIME_UNIT", function, "unit", "invalidValue", "'" + name + "'");
        }
        return unit;
    }

    private static RowFunction add(Signature signature) {
        ZoneClock zone = new ZoneClock(signature.settings().zone());
        DataType type = signature.argument(2);
        ZoneClock clock = type == AtomicType.TIMESTAMP ? zone : null;
        boolean toDate = signature.type() == AtomicType.DATE;
        boolean fromDate = type == AtomicType.DATE;
        return (in, out) -> {
            TimeUnit unit = unit(in.string(0), "timestampadd");
            long amount = in.getLong(1);
            long start =
                    fromDate
                            ? (toDate ? in.getInt(2) * ZoneClock.DAY : zone.ofDays(in.getInt(2)))
                            : in.getLong(2);
            ZoneClock mover = fromDate && !toDate ? zone : clock;
            long moved;
            try {
                moved = move(start, unit, amount, mover);
            } catch (ArithmeticException tooLarge) {
                throw Failures.arithmetic(
                        "DATETIME_OVERFLOW",
                        "operation",
                        "add " + amount + " " + unit + " to TIMESTAMP");
            }
            out.set(toDate ? Math.floorDiv(moved, ZoneClock.DAY) : moved);
        };
    }

    private static long move(long start, TimeUnit unit, long amount, ZoneClock clock) {
        if (unit.months() > 0) {
            return TimeArithmetic.addParts(
                    start, Math.toIntExact(amount * unit.months()), 0, 0, clock);
        }
        if (unit == TimeUnit.DAY || unit == TimeUnit.WEEK) {
            int days = Math.toIntExact(Math.multiplyExact(amount, unit.micros() / ZoneClock.DAY));
            return TimeArithmetic.addParts(start, 0, days, 0, clock);
        }
        return Math.addExact(start, Math.multiplyExact(amount, unit.micros()));
    }

    private static RowFunction dateAdd() {
        return (in, out) -> out.set(Math.addExact(in.getInt(0), in.getInt(1)));
    }

    private static RowFunction difference(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        return (in, out) -> {
            TimeUnit unit = unit(in.string(0), "timestampdiff");
            long from = local(in, 1, clock);
            long to = local(in, 2, clock);
            if (unit.months() > 0) {
                out.set(wholeMonths(from, to) / unit.months());
            } else if (unit.ordinal() >= TimeUnit.DAY.ordinal()) {
                out.set((to - from) / unit.micros());
            } else {
                boolean zoned =
                        in.type(1) == AtomicType.TIMESTAMP && in.type(2) == AtomicType.TIMESTAMP;
                long micros =
                        zoned
                                ? Math.subtractExact(in.getLong(2), in.getLong(1))
                                : Math.subtractExact(to, from);
                out.set(micros / unit.micros());
            }
        };
    }

    /// As java.time counts: a day that has not been completed is taken off, then whole months of
    /// (month, day) pairs are counted.
    private static long wholeMonths(long from, long to) {
        long first = Math.floorDiv(from, ZoneClock.DAY);
        long last = Math.floorDiv(to, ZoneClock.DAY);
        long timeFirst = Math.floorMod(from, ZoneClock.DAY);
        long timeLast = Math.floorMod(to, ZoneClock.DAY);
        if (last > first && timeLast < timeFirst) {
            last--;
        } else if (last < first && timeLast > timeFirst) {
            last++;
        }
        long a = CivilDate.pack((int) first);
        long b = CivilDate.pack((int) last);
        long packedA = ((a >> 9) * 12 + (a >> 5 & 15) - 1) * 32 + (a & 31);
        long packedB = ((b >> 9) * 12 + (b >> 5 & 15) - 1) * 32 + (b & 31);
        return (packedB - packedA) / 32;
    }

    private static RowFunction ofSeconds(Signature signature) {
        DataType type = signature.argument(0);
        if (type.isIntegral()) {
            return (in, out) -> {
                try {
                    out.set(Math.multiplyExact(in.getLong(0), ZoneClock.SECOND));
                } catch (ArithmeticException tooLarge) {
                    throw Failures.overflow("long overflow", "");
                }
            };
        }
        if (type instanceof DecimalType) {
            return (in, out) -> {
                BigDecimal micros = in.decimal(0).movePointRight(6);
                out.set(micros.setScale(0, RoundingMode.UNNECESSARY).longValueExact());
            };
        }
        return (in, out) -> {
            double value = in.getDouble(0);
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                out.set((long) (value * 1_000_000));
            }
        };
    }

    /// Clocks by zone id, kept for the last one.
    private static final class Zones {
        private String id;
        private ZoneClock clock;

        ZoneClock get(String zone) {
            if (!zone.equals(id)) {
                clock = new ZoneClock(EvaluationSettings.zone(zone));
                id = zone;
            }
            return clock;
        }
    }

    private static RowFunction shift(boolean fromUtc) {
        Zones zones = new Zones();
        return (in, out) -> {
            ZoneClock clock = zones.get(in.string(1));
            out.set(fromUtc ? clock.toLocal(in.getLong(0)) : clock.toInstant(in.getLong(0)));
        };
    }

    private static RowFunction convert(Signature signature) {
        Zones from = new Zones();
        Zones to = new Zones();
        String session = signature.settings().zone().getId();
        return (in, out) -> {
            boolean three = in.size() == 3;
            String source = three ? in.string(0) : session;
            String target = in.string(three ? 1 : 0);
            out.set(to.get(target).toLocal(from.get(source).toInstant(in.getLong(three ? 2 : 1))));
        };
    }
}
