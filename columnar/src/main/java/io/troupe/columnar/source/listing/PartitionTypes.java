package io.troupe.columnar.source.listing;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Map;

/// Types of partition values: inferred from the folder names as Spark does, and the values in
/// engine literal form.
final class PartitionTypes {
    static final String NULL_NAME = "__HIVE_DEFAULT_PARTITION__";

    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private PartitionTypes() {}

    /// The narrowest type that Spark tries for a raw value; null for the null name.
    static DataType infer(String raw, boolean enabled) {
        if (raw.equals(NULL_NAME)) {
            return null;
        }
        if (!enabled) {
            return StringType.STRING;
        }
        if (raw.matches("[+-]?\\d+")) {
            return integral(raw);
        }
        if (isDouble(raw)) {
            return AtomicType.DOUBLE;
        }
        if (timestamp(raw) != null) {
            return AtomicType.TIMESTAMP;
        }
        return date(raw) != null ? AtomicType.DATE : StringType.STRING;
    }

    private static DataType integral(String raw) {
        BigDecimal value = new BigDecimal(raw);
        if (fits(value, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            return AtomicType.INTEGER;
        }
        if (fits(value, Long.MIN_VALUE, Long.MAX_VALUE)) {
            return AtomicType.LONG;
        }
        return value.precision() <= DecimalType.MAX_PRECISION
                ? new DecimalType(value.precision(), 0)
                : AtomicType.DOUBLE;
    }

    private static boolean fits(BigDecimal value, long low, long high) {
        return value.compareTo(BigDecimal.valueOf(low)) >= 0
                && value.compareTo(BigDecimal.valueOf(high)) <= 0;
    }

    private static boolean isDouble(String raw) {
        try {
            Double.parseDouble(raw);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static LocalDateTime timestamp(String raw) {
        try {
            return LocalDateTime.parse(raw, TIMESTAMP);
        } catch (DateTimeException notATimestamp) {
            return null;
        }
    }

    private static LocalDate date(String raw) {
        try {
            return LocalDate.parse(raw);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /// The type that holds both; null stands for a type not known yet.
    static DataType wider(DataType a, DataType b) {
        if (a == null || b == null || a.equals(b)) {
            return a == null ? b : a;
        }
        int rankA = rank(a);
        int rankB = rank(b);
        if (rankA > 0 && rankB > 0) {
            DataType high = rankA >= rankB ? a : b;
            DataType low = high == a ? b : a;
            if (high == AtomicType.DOUBLE && low != AtomicType.INTEGER) {
                return StringType.STRING;
            }
            if (high instanceof DecimalType x) {
                int other =
                        low instanceof DecimalType y
                                ? y.precision()
                                : low == AtomicType.LONG ? 20 : 10;
                return new DecimalType(Math.max(x.precision(), other), 0);
            }
            return high;
        }
        boolean times = isTime(a) && isTime(b);
        return times ? AtomicType.TIMESTAMP : StringType.STRING;
    }

    private static boolean isTime(DataType type) {
        return type == AtomicType.DATE || type == AtomicType.TIMESTAMP;
    }

    private static int rank(DataType type) {
        return type == AtomicType.INTEGER
                ? 1
                : type == AtomicType.LONG
                        ? 2
                        : type instanceof DecimalType ? 3 : type == AtomicType.DOUBLE ? 4 : 0;
    }

    /// The raw value as a literal of the type.
    static Object value(String raw, DataType type, String column, ZoneId zone) {
        if (raw.equals(NULL_NAME)) {
            return null;
        }
        try {
            return literal(raw, type, zone);
        } catch (NumberFormatException | DateTimeException | ArithmeticException failure) {
            throw new TroupeException(
                    TroupeException.Kind.SparkRuntimeException,
                    "INVALID_PARTITION_VALUE",
                    "42846",
                    "Failed to cast value '"
                            + raw
                            + "' to data type \""
                            + type.sql()
                            + "\" for partition column `"
                            + column
                            + "`. Ensure the value matches the expected data type for this partition column.",
                    Map.of(
                            "value",
                            "'" + raw + "'",
                            "dataType",
                            "\"" + type.sql() + "\"",
                            "columnName",
                            "`" + column + "`"));
        }
    }

    private static Object literal(String raw, DataType type, ZoneId zone) {
        if (type instanceof StringType) {
            return raw;
        }
        if (type instanceof DecimalType decimal) {
            return new BigDecimal(raw).setScale(decimal.scale(), java.math.RoundingMode.HALF_UP);
        }
        return switch ((AtomicType) type) {
            case BYTE -> Byte.valueOf(raw);
            case SHORT -> Short.valueOf(raw);
            case INTEGER -> Integer.valueOf(raw);
            case LONG -> Long.valueOf(raw);
            case FLOAT -> Float.valueOf(raw);
            case DOUBLE -> Double.valueOf(raw);
            case BOOLEAN -> truth(raw);
            case DATE -> (int) LocalDate.parse(raw).toEpochDay();
            case TIMESTAMP -> micros(local(raw).atZone(zone).toInstant());
            case TIMESTAMP_NTZ -> micros(local(raw).toInstant(java.time.ZoneOffset.UTC));
            default -> raw;
        };
    }

    private static Boolean truth(String raw) {
        return switch (raw.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new NumberFormatException(raw);
        };
    }

    private static LocalDateTime local(String raw) {
        LocalDateTime time = timestamp(raw);
        return time != null ? time : LocalDate.parse(raw).atStartOfDay();
    }

    private static long micros(java.time.Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }
}
