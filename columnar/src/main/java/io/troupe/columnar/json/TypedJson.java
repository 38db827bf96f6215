package io.troupe.columnar.json;

import io.troupe.columnar.kernel.Decimals;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.text.NumberText;
import io.troupe.columnar.time.IntervalParser;
import io.troupe.columnar.time.PatternText;
import io.troupe.columnar.time.TimeParser;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Turns JSON values into values of a type, in literal form. A part that does not fit its type
/// becomes null and is remembered.
public final class TypedJson {
    private final ZoneClock clock;
    private final TimeParser times = new TimeParser();
    private final PatternText dates;
    private final PatternText timestamps;
    private boolean mismatch;

    public TypedJson(EvaluationSettings settings, Map<String, String> options) {
        String zone = options.getOrDefault("timeZone", options.get("timezone"));
        clock = new ZoneClock(zone == null ? settings.zone() : EvaluationSettings.zone(zone));
        dates =
                options.containsKey("dateFormat")
                        ? new PatternText(options.get("dateFormat"))
                        : null;
        timestamps =
                options.containsKey("timestampFormat")
                        ? new PatternText(options.get("timestampFormat"))
                        : null;
    }

    /// Whether some part of the last value did not fit.
    public boolean mismatched() {
        return mismatch;
    }

    public Object convert(Object json, DataType type) {
        mismatch = false;
        return value(json, type);
    }

    private Object misfit() {
        mismatch = true;
        return null;
    }

    private Object value(Object json, DataType type) {
        if (json == null || json == JsonTree.NULL) {
            return null;
        }
        return switch (type) {
            case StringType _ -> json instanceof String text ? text : JsonTree.write(json);
            case StructType struct ->
                    json instanceof Map<?, ?> fields ? struct(fields, struct) : misfit();
            case ArrayType array -> json instanceof List<?> items ? list(items, array) : misfit();
            case MapType map -> json instanceof Map<?, ?> fields ? map(fields, map) : misfit();
            case DecimalType decimal -> decimal(json, decimal);
            case YearMonthIntervalType _ ->
                    checked(json instanceof String text ? IntervalParser.months(text) : null);
            case DayTimeIntervalType interval ->
                    checked(
                            json instanceof String text
                                    ? IntervalParser.micros(text, interval)
                                    : null);
            case AtomicType atomic -> atomic(json, atomic);
            default -> misfit();
        };
    }

    private Object checked(Object value) {
        return value == null ? misfit() : value;
    }

    private List<Object> struct(Map<?, ?> fields, StructType type) {
        List<Object> values = new ArrayList<>();
        for (StructField field : type.fields()) {
            values.add(value(fields.get(field.name()), field.type()));
        }
        return values;
    }

    private List<Object> list(List<?> items, ArrayType type) {
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(value(item, type.element())));
        return values;
    }

    private List<Object> map(Map<?, ?> fields, MapType type) {
        List<Object> entries = new ArrayList<>();
        fields.forEach((key, item) ->
                entries.add(new SimpleImmutableEntry<>(key, value(item, type.value()))));
        return entries;
    }

    private Object decimal(Object json, DecimalType type) {
        String text =
                json instanceof JsonTree.Number number
                        ? number.text()
                        : json instanceof String string ? string : null;
        BigDecimal value = text == null ? null : NumberText.parseDecimal(text.replace(",", ""));
        BigDecimal fitted = value == null ? null : Decimals.fit(value, type);
        return checked(fitted);
    }

    private Object atomic(Object json, AtomicType type) {
        return switch (type) {
            case BOOLEAN -> json instanceof Boolean ? json : misfit();
            case BYTE, SHORT, INTEGER, LONG -> whole(json, type);
            case FLOAT -> {
                Object value = floating(json);
                yield value instanceof Double number ? (Object) number.floatValue() : value;
            }
            case DOUBLE -> floating(json);
            case BINARY -> json instanceof String text ? binary(text) : misfit();
            case DATE -> json instanceof String text ? date(text) : misfit();
            case TIMESTAMP, TIMESTAMP_NTZ -> time(json, type);
            case CALENDAR_INTERVAL ->
                    checked(json instanceof String text ? IntervalParser.calendar(text) : null);
            case VARIANT -> JsonTree.writeSorted(json);
            case VOID -> null;
        };
    }

    private Object binary(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return misfit();
        }
    }

    private Object whole(Object json, AtomicType type) {
        if (!(json instanceof JsonTree.Number number) || !number.isWhole()) {
            return misfit();
        }
        BigDecimal value = new BigDecimal(number.text());
        try {
            return switch (type) {
                case BYTE -> value.byteValueExact();
                case SHORT -> value.shortValueExact();
                case INTEGER -> value.intValueExact();
                default -> value.longValueExact();
            };
        } catch (ArithmeticException tooLarge) {
            return misfit();
        }
    }

    private Object floating(Object json) {
        if (json instanceof JsonTree.Number number) {
            return Double.valueOf(number.text().replace("INF", "Infinity"));
        }
        return json instanceof String text
                ? switch (text) {
                    case "NaN" -> Double.NaN;
                    case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
                    case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
                    default -> misfit();
                }
                : misfit();
    }

    /// A date by the format of the options, else as casts read it.
    private Object date(String text) {
        if (dates != null) {
            return dates.parse(text) == null
                    ? (Object) (int) Math.floorDiv(dates.local(), ZoneClock.DAY)
                    : misfit();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return times.date(bytes, 0, bytes.length) ? (Object) times.days() : misfit();
    }

    private Object time(Object json, AtomicType type) {
        if (json instanceof JsonTree.Number number
                && number.isWhole()
                && type == AtomicType.TIMESTAMP) {
            return Math.multiplyExact(Long.parseLong(number.text()), ZoneClock.SECOND);
        }
        if (!(json instanceof String text)) {
            return misfit();
        }
        boolean local = type == AtomicType.TIMESTAMP_NTZ;
        if (timestamps != null) {
            if (timestamps.parse(text) != null) {
                return misfit();
            }
            ZoneClock zone = timestamps.zone() == null ? clock : new ZoneClock(timestamps.zone());
            return local ? timestamps.local() : zone.toInstant(timestamps.local());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!times.timestamp(bytes, 0, bytes.length) || !times.hasDate()) {
            return misfit();
        }
        return local ? times.local() : times.instant(clock);
    }
}
