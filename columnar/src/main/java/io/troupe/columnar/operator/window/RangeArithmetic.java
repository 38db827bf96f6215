package io.troupe.columnar.operator.window;

import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Order keys moved by the offsets of RANGE frames. Whole numbers, decimals, dates (days) and
/// timestamps (microseconds) are compared as decimals, so nothing overflows; floating point as
/// doubles.
final class RangeArithmetic {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private RangeArithmetic() {}

    @SuppressWarnings("unchecked")
    static Comparable<Object> comparable(Object key) {
        Comparable<?> comparable =
                switch (key) {
                    case Double d -> d == 0 ? 0.0 : d;
                    case Float f -> f == 0 ? 0.0 : (double) f;
                    case BigDecimal decimal -> decimal;
                    case Number number -> BigDecimal.valueOf(number.longValue());
                    default ->
                            throw new IllegalArgumentException(
                                    "a RANGE frame over " + key.getClass());
                };
        return (Comparable<Object>) comparable;
    }

    /// The key plus the offset in the direction of the order.
    @SuppressWarnings("unchecked")
    static Comparable<Object> move(Object key, Object offset, boolean ascending, DataType keyType) {
        int sign = ascending ? 1 : -1;
        if (offset instanceof CalendarInterval interval) {
            return (Comparable<Object>)
                    (Comparable<?>) calendar((Number) key, interval, sign, keyType);
        }
        if (key instanceof Double || key instanceof Float) {
            return (Comparable<Object>)
                    (Comparable<?>)
                            (((Number) key).doubleValue() + sign * ((Number) offset).doubleValue());
        }
        BigDecimal distance = (BigDecimal) (Comparable<?>) comparable(offset);
        boolean months =
                keyType == AtomicType.DATE
                        || keyType == AtomicType.TIMESTAMP
                        || keyType == AtomicType.TIMESTAMP_NTZ;
        if (months && offset instanceof Integer count && keyType != AtomicType.DATE) {
            return (Comparable<Object>)
                    (Comparable<?>)
                            calendar(
                                    (Number) key, new CalendarInterval(count, 0, 0), sign, keyType);
        }
        if (keyType == AtomicType.DATE && offset instanceof Long micros) {
            distance = BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(MICROS_PER_DAY));
        }
        BigDecimal base = (BigDecimal) (Comparable<?>) comparable(key);
        return (Comparable<Object>)
                (Comparable<?>) (ascending ? base.add(distance) : base.subtract(distance));
    }

    private static BigDecimal calendar(
            Number key, CalendarInterval interval, int sign, DataType keyType) {
        if (keyType == AtomicType.DATE) {
            LocalDate date =
                    LocalDate.ofEpochDay(key.longValue())
                            .plusMonths((long) sign * interval.months())
                            .plusDays((long) sign * interval.days());
            return BigDecimal.valueOf(date.toEpochDay());
        }
        Instant instant = Instant.EPOCH.plus(key.longValue(), ChronoUnit.MICROS);
        LocalDateTime time =
                LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                        .plusMonths((long) sign * interval.months())
                        .plusDays((long) sign * interval.days())
                        .plus(sign * interval.microseconds(), ChronoUnit.MICROS);
        return BigDecimal.valueOf(
                ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC)));
    }
}
