package io.troupe.columnar.function;

import io.troupe.columnar.cast.Casts;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.time.PatternText;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.time.ZoneId;

/// Times written and read by patterns.
final class TimeTextFunctions {
    private static final String DEFAULT_PATTERN = "yyyy-MM-dd HH:mm:ss";

    private TimeTextFunctions() {}

    /// The pattern last asked for.
    private static final class Patterns {
        private String text;
        private PatternText pattern;

        PatternText get(String wanted) {
            if (!wanted.equals(text)) {
                pattern = new PatternText(wanted);
                text = wanted;
            }
            return pattern;
        }
    }

    static void register(FunctionTable table) {
        table.rows("date_format", TimeTextFunctions::format);
        table.rows("from_unixtime", TimeTextFunctions::fromUnixTime);
        table.rows("unix_timestamp", TimeTextFunctions::unixTime);
        table.alias("to_unix_timestamp", "unix_timestamp");
        for (String name :
                new String[] {
                    "to_date", "to_timestamp", "to_timestamp_ltz", "to_timestamp_ntz", "to_time"
                }) {
            table.strict(name, parser(false));
            if (!name.endsWith("tz")) {
                table.strict("try_" + name, parser(true));
            }
        }
    }

    static RowFunction format(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        ZoneId zone = clock.zone();
        Patterns patterns = new Patterns();
        return (in, out) -> {
            long local = TimestampFunctions.local(in, 0, clock);
            long offset = in.type(0) == AtomicType.TIMESTAMP ? local - in.getLong(0) : 0;
            out.set(patterns.get(in.string(1)).format(local, zone, offset));
        };
    }

    private static RowFunction fromUnixTime(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        Patterns patterns = new Patterns();
        return (in, out) -> {
            long micros = in.getLong(0) * ZoneClock.SECOND;
            long local = clock.toLocal(micros);
            String pattern = in.size() > 1 ? in.string(1) : DEFAULT_PATTERN;
            out.set(patterns.get(pattern).format(local, clock.zone(), local - micros));
        };
    }

    private static RowFunction unixTime(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        if (signature.size() == 0) {
            long now = Math.floorDiv(signature.settings().now(), ZoneClock.SECOND);
            return (in, out) -> out.set(now);
        }
        Patterns patterns = new Patterns();
        boolean ansi = signature.ansi();
        return (in, out) -> {
            if (!(in.type(0) instanceof StringType)) {
                long instant = clock.toInstant(TimestampFunctions.local(in, 0, clock));
                long micros = in.type(0) == AtomicType.TIMESTAMP ? in.getLong(0) : instant;
                out.set(micros / ZoneClock.SECOND);
                return;
            }
            PatternText pattern = patterns.get(in.size() > 1 ? in.string(1) : DEFAULT_PATTERN);
            if (parsed(pattern, in, !ansi, "try_to_timestamp")) {
                out.set(Math.floorDiv(instant(pattern, clock), ZoneClock.SECOND));
            }
        };
    }

    private static boolean parsed(
            PatternText pattern, Input in, boolean lenient, String suggestion) {
        String problem = pattern.parse(in.string(0));
        if (problem != null && !lenient) {
            throw Failures.dateTime(
                    "CANNOT_PARSE_TIMESTAMP",
                    "message",
                    problem,
                    "func",
                    "`" + suggestion + "`",
                    "ansiConfig",
                    Failures.ANSI_CONFIG);
        }
        return problem == null;
    }

    private static long instant(PatternText pattern, ZoneClock clock) {
        ZoneId zone = pattern.zone();
        return zone == null
                ? clock.toInstant(pattern.local())
                : new ZoneClock(zone).toInstant(pattern.local());
    }

    /// Without a pattern these are casts.
    private static KernelFactory parser(boolean tolerant) {
        return signature -> {
            Overflow mode = tolerant ? Overflow.NULL : Overflow.of(signature.ansi());
            if (signature.size() == 1 || !(signature.argument(0) instanceof StringType)) {
                VectorKernel cast =
                        Casts.kernel(
                                signature.argument(0),
                                signature.type(),
                                mode,
                                signature.settings());
                return (arguments, rows) -> cast.apply(new Vector[] {arguments[0]}, rows);
            }
            return RowFunction.strict(signature, byPattern(signature, mode != Overflow.FAIL));
        };
    }

    private static RowFunction byPattern(Signature signature, boolean lenient) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        Patterns patterns = new Patterns();
        DataType type = signature.type();
        String suggestion = type == AtomicType.DATE ? "try_to_date" : "try_to_timestamp";
        return (in, out) -> {
            PatternText pattern = patterns.get(in.string(1));
            if (!parsed(pattern, in, lenient, suggestion)) {
                return;
            }
            if (type == AtomicType.DATE) {
                out.set(Math.floorDiv(pattern.local(), ZoneClock.DAY));
            } else if (type == AtomicType.TIMESTAMP) {
                out.set(instant(pattern, clock));
            } else if (type == AtomicType.TIMESTAMP_NTZ) {
                out.set(pattern.local());
            } else {
                out.set(Math.floorMod(pattern.local(), ZoneClock.DAY) * 1000);
            }
        };
    }
}
