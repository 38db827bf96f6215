package io.troupe.planner.json;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Literals of the protocol: the JSON value's meaning depends on the type beside it.
final class LiteralJson {
    private LiteralJson() {}

    static Literal read(JsonObject object) {
        DataType type = SchemaJson.type(object.get("type"));
        return new Literal(value(object.get("value"), type), type);
    }

    /// The smallest of INT and BIGINT that holds the number.
    static Literal integer(long value) {
        return value == (int) value ? Literal.of((int) value) : Literal.of(value);
    }

    static Object value(Object json, DataType type) {
        if (json == null) {
            return null;
        }
        return switch (type) {
            case AtomicType atomic -> atomic(json, atomic);
            case DecimalType decimal -> new BigDecimal(json.toString()).setScale(decimal.scale());
            case StringType _ -> json.toString();
            case YearMonthIntervalType _ -> (int) number(json);
            case DayTimeIntervalType _, TimeType _ -> number(json);
            case ArrayType array ->
                    items(json).stream().map(item -> value(item, array.element())).toList();
            case MapType map -> entries(json, map);
            case StructType struct -> fields(json, struct);
            case UserDefinedType udt -> value(json, udt.sqlType());
        };
    }

    private static Object atomic(Object json, AtomicType type) {
        return switch (type) {
            case VOID -> null;
            case BOOLEAN -> Boolean.valueOf(json.toString());
            case BYTE -> (byte) number(json);
            case SHORT -> (short) number(json);
            case INTEGER, DATE -> (int) number(json);
            case LONG, TIMESTAMP, TIMESTAMP_NTZ -> number(json);
            case FLOAT -> (float) real(json);
            case DOUBLE -> real(json);
            case BINARY -> Base64.getDecoder().decode(json.toString());
            case CALENDAR_INTERVAL -> {
                JsonObject parts = new JsonObject(json);
                yield new CalendarInterval(
                        (int) parts.number("months", 0),
                        (int) parts.number("days", 0),
                        parts.number("microseconds", 0));
            }
            case VARIANT -> json.toString();
        };
    }

    private static long number(Object json) {
        return json instanceof Number number ? number.longValue() : Long.parseLong(json.toString());
    }

    private static double real(Object json) {
        if (json instanceof Number number) {
            return number.doubleValue();
        }
        return switch (json.toString()) {
            case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "nan" -> Double.NaN;
            default -> Double.parseDouble(json.toString());
        };
    }

    @SuppressWarnings("unchecked")
    private static List<Object> items(Object json) {
        if (json instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new IllegalArgumentException("expected a JSON array, found " + json);
    }

    private static Object entries(Object json, MapType type) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((k, v) ->
                    entries.add(
                            new AbstractMap.SimpleEntry<>(
                                    value(k, type.key()), value(v, type.value()))));
        } else {
            for (Object pair : items(json)) {
                List<Object> both = items(pair);
                entries.add(
                        new AbstractMap.SimpleEntry<>(
                                value(both.get(0), type.key()), value(both.get(1), type.value())));
            }
        }
        return entries;
    }

    private static Object fields(Object json, StructType type) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            Object item =
                    json instanceof Map<?, ?> map
                            ? map.get(type.fields().get(i).name())
                            : items(json).get(i);
            values.add(value(item, type.fields().get(i).type()));
        }
        return values;
    }
}
