package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.time.CivilDate;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.YearMonthIntervalType;

/// `time_bucket(width, time, origin)`: the start of the bucket of fixed width that holds a time;
/// buckets are counted from the origin.
final class TimeBuckets {
    private TimeBuckets() {}

    static void register(FunctionTable table) {
        table.rows("time_bucket", TimeBuckets::bucket);
    }

    private static RowFunction bucket(Signature signature) {
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        boolean date = signature.type() == AtomicType.DATE;
        boolean zoned = signature.type() == AtomicType.TIMESTAMP;
        boolean months = signature.argument(0) instanceof YearMonthIntervalType;
        return (in, out) -> {
            long width = in.getLong(0);
            if (width <= 0) {
                throw Failures.parameter(
                        "PATTERN",
                        "time_bucket",
                        "bucketSize",
                        "value",
                        width + " is not positive");
            }
            long time = TimestampFunctions.local(in, 1, clock);
            long origin = in.size() > 2 ? TimestampFunctions.local(in, 2, clock) : 0;
            long start;
            if (months) {
                int day = (int) Math.floorDiv(origin, ZoneClock.DAY);
                long a = CivilDate.pack((int) Math.floorDiv(time, ZoneClock.DAY));
                long b = CivilDate.pack(day);
                long between = ((a >> 9) - (b >> 9)) * 12 + (a >> 5 & 15) - (b >> 5 & 15);
                long bucket = Math.floorDiv(between, width) * width;
                start = TimeArithmetic.addParts(origin, (int) bucket, 0, 0, null);
                start =
                        start > time
                                ? TimeArithmetic.addParts(
                                        origin, (int) (bucket - width), 0, 0, null)
                                : start;
            } else {
                start = origin + Math.floorDiv(time - origin, width) * width;
            }
            out.set(
                    date
                            ? Math.floorDiv(start, ZoneClock.DAY)
                            : zoned ? clock.toInstant(start) : start);
        };
    }
}
