package io.troupe.columnar.sink.text;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Scalars as text: what CSV and JSON files and partition folders hold. Strings and binary are not
/// made here.
public final class ValueText {
    private static final String TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
    private static final String LOCAL_TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss.SSS";

    private final ZoneId zone;
    private final DateTimeFormatter dates;
    private final DateTimeFormatter timestamps;
    private final DateTimeFormatter localTimestamps;

    /// @param options dateformat, timestampformat, timestampntzformat, timezone
    ValueText(Map<String, String> options, String sessionZone) {
        this.zone = ZoneId.of(options.getOrDefault("timezone", sessionZone));
        this.dates =
                options.containsKey("dateformat")
                        ? formatter(options.get("dateformat"))
                        : DateTimeFormatter.ISO_LOCAL_DATE;
        this.timestamps = formatter(options.getOrDefault("timestampformat", TIMESTAMP));
        this.localTimestamps =
                formatter(options.getOrDefault("timestampntzformat", LOCAL_TIMESTAMP));
    }

    private static DateTimeFormatter formatter(String pattern) {
        // Years are proleptic: Spark's y is the year, not the year of an era.
        return DateTimeFormatter.ofPattern(
                pattern.replace('y', 'u').replace("[", "").replace("]", ""), Locale.US);
    }

    /// The text of row `row`, which is not null, of a flat vector.
    String text(Vector vector, DataType type, int row) {
        return switch (vector) {
            case BooleanVector booleans -> booleans.values()[row] != 0 ? "true" : "false";
            case IntVector ints -> integer(ints.values()[row], type);
            case LongVector longs -> longText(longs.values()[row], type);
            case FloatVector floats -> Float.toString(floats.values()[row]);
            case DoubleVector doubles -> Double.toString(doubles.values()[row]);
            case Decimal128Vector wide -> decimal(wide, (DecimalType) type, row);
            default -> throw new IllegalArgumentException("no text form of " + type.simpleString());
        };
    }

    private static String decimal(Decimal128Vector wide, DecimalType type, int row) {
        BigInteger low = new BigInteger(Long.toUnsignedString(wide.low()[row]));
        BigInteger unscaled = BigInteger.valueOf(wide.high()[row]).shiftLeft(64).add(low);
        return new BigDecimal(unscaled, type.scale()).toPlainString();
    }

    private String integer(int value, DataType type) {
        if (type == AtomicType.DATE) {
            return dates.format(LocalDate.ofEpochDay(value));
        }
        return type instanceof YearMonthIntervalType interval
                ? yearMonth(value, interval)
                : Integer.toString(value);
    }

    private String longText(long value, DataType type) {
        if (type instanceof DecimalType decimal) {
            return BigDecimal.valueOf(value, decimal.scale()).toPlainString();
        }
        if (type == AtomicType.TIMESTAMP) {
            return timestamps.format(instant(value).atZone(zone));
        }
        if (type == AtomicType.TIMESTAMP_NTZ) {
            return localTimestamps.format(local(value));
        }
        if (type instanceof TimeType) {
            return LocalTime.ofNanoOfDay(value).toString();
        }
        return type instanceof DayTimeIntervalType interval
                ? dayTime(value, interval)
                : Long.toString(value);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    private static LocalDateTime local(long micros) {
        return LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    }

    private static String yearMonth(int months, YearMonthIntervalType type) {
        String sign = months < 0 ? "-" : "";
        long absolute = Math.abs((long) months);
        if (type.start() == type.end()) {
            long amount =
                    type.start() == YearMonthIntervalType.Field.YEAR ? absolute / 12 : absolute;
            return "INTERVAL '" + sign + amount + "' " + type.start();
        }
        return "INTERVAL '" + sign + absolute / 12 + "-" + absolute % 12 + "' YEAR TO MONTH";
    }

    private static String dayTime(long micros, DayTimeIntervalType type) {
        String sign = micros < 0 ? "-" : "";
        long absolute = Math.abs(micros);
        long[] units = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L};
        int first = type.start().ordinal();
        int last = type.end().ordinal();
        StringBuilder text = new StringBuilder("INTERVAL '").append(sign);
        long rest = absolute;
        for (int field = first; field <= last; field++) {
            long amount = rest / units[field];
            rest %= units[field];
            if (field > first) {
                text.append(field == 1 ? " " : ":");
            }
            text.append(field > first && amount < 10 ? "0" : "").append(amount);
        }
        if (last == 3 && rest != 0) {
            text.append(String.format(Locale.ROOT, ".%06d", rest).replaceAll("0+$", ""));
        }
        text.append("' ").append(type.start());
        return first == last ? text.toString() : text.append(" TO ").append(type.end()).toString();
    }

    /// A partition value as Spark casts it to a string for its folder name.
    public static String partition(Vector vector, DataType type, int row, ZoneId zone) {
        if (type == AtomicType.TIMESTAMP || type == AtomicType.TIMESTAMP_NTZ) {
            long micros = ((LongVector) vector).values()[row];
            LocalDateTime time =
                    type == AtomicType.TIMESTAMP
                            ? LocalDateTime.ofInstant(instant(micros), zone)
                            : local(micros);
            String text = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(time);
            int fraction = time.getNano() / 1000;
            return fraction == 0
                    ? text
                    : text + String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", "");
        }
        return new ValueText(Map.of(), zone.getId()).text(vector, type, row);
    }
}
