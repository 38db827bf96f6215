package io.troupe.planner.analysis;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Computes what can be computed exactly without the engine: constructors of nested values, signs,
/// and conversions of constants that cannot fail. Anything else stays as it is.
final class Constants {
    private Constants() {}

    static Expression fold(Expression expression) {
        return switch (expression) {
            case Cast cast -> {
                Expression child = fold(cast.child());
                Object value =
                        child instanceof Literal literal
                                ? convert(literal.value(), literal.type(), cast.type())
                                : null;
                yield value != null ? new Literal(value, cast.type()) : cast;
            }
            case Call call -> call(call);
            default -> expression;
        };
    }

    private static Expression call(Call call) {
        List<Object> values = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            if (!(fold(argument) instanceof Literal literal)) {
                return call;
            }
            values.add(literal.value());
        }
        return switch (call.function()) {
            case "array" -> new Literal(values, call.type());
            case "named_struct" -> {
                List<Object> fields = new ArrayList<>();
                for (int i = 1; i < values.size(); i += 2) {
                    fields.add(values.get(i));
                }
                yield new Literal(fields, call.type());
            }
            case "map" -> map(call, values);
            case "negative" -> {
                Expression negated = WindowAnalyzer.negate(fold(call.argument(0)));
                yield negated instanceof Literal ? negated : call;
            }
            default -> call;
        };
    }

    private static Expression map(Call call, List<Object> values) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            Object key = values.get(i);
            if (key == null || entries.stream().anyMatch(entry -> entry.getKey().equals(key))) {
                return call;
            }
            entries.add(new AbstractMap.SimpleEntry<>(key, values.get(i + 1)));
        }
        return new Literal(entries, call.type());
    }

    /// The converted value, null when it is not known to be exact (or the value is null).
    private static Object convert(Object value, DataType from, DataType to) {
        if (value == null) {
            return null;
        }
        if (to instanceof DecimalType decimal
                && (from.isIntegral() || from instanceof DecimalType)) {
            BigDecimal number = new BigDecimal(value.toString());
            if (number.scale() > decimal.scale()) {
                return null;
            }
            BigDecimal scaled = number.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
            return scaled.precision() <= decimal.precision() ? scaled : null;
        }
        if (from.isIntegral() && value instanceof Number number) {
            return whole(number.longValue(), to);
        }
        if (to == AtomicType.DOUBLE && (from == AtomicType.FLOAT || from instanceof DecimalType)) {
            return ((Number) value).doubleValue();
        }
        if (from instanceof DecimalType && to == AtomicType.FLOAT) {
            return ((Number) value).floatValue();
        }
        if (from instanceof DecimalType && to.isIntegral() && value instanceof BigDecimal number) {
            return number.precision() - number.scale() <= 18 ? whole(number.longValue(), to) : null;
        }
        if (from.isFractional() && to.isIntegral() && value instanceof Number number) {
            return Math.abs(number.doubleValue()) < 0x1p53 ? whole(number.longValue(), to) : null;
        }
        if (from instanceof StringType && value instanceof String text) {
            return fromText(text, to);
        }
        return nested(value, from, to);
    }

    private static Object whole(long value, DataType to) {
        return switch (to) {
            case AtomicType.BYTE -> value == (byte) value ? (Object) (byte) value : null;
            case AtomicType.SHORT -> value == (short) value ? (Object) (short) value : null;
            case AtomicType.INTEGER -> value == (int) value ? (Object) (int) value : null;
            case AtomicType.LONG -> value;
            case AtomicType.FLOAT -> (float) value;
            case AtomicType.DOUBLE -> (double) value;
            case StringType _ -> Long.toString(value);
            case null, default -> null;
        };
    }

    private static Object fromText(String text, DataType to) {
        if (to instanceof StringType) {
            return text;
        }
        if (to == AtomicType.DATE && text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            try {
                return (int) LocalDate.parse(text).toEpochDay();
            } catch (DateTimeException notADate) {
                return null;
            }
        }
        return to.isIntegral() && text.matches("[-+]?\\d{1,18}")
                ? whole(Long.parseLong(text), to)
                : null;
    }

    private static Object nested(Object value, DataType from, DataType to) {
        return switch (from) {
            case ArrayType x when to instanceof ArrayType y -> {
                List<Object> items = new ArrayList<>();
                for (Object item : (List<?>) value) {
                    Object converted =
                            item == null || x.element().equals(y.element())
                                    ? item
                                    : convert(item, x.element(), y.element());
                    if (converted == null && item != null) {
                        yield null;
                    }
                    items.add(converted);
                }
                yield items;
            }
            case StructType x when to instanceof StructType y -> {
                List<Object> fields = new ArrayList<>();
                List<?> values = (List<?>) value;
                for (int i = 0; i < values.size(); i++) {
                    Object field = values.get(i);
                    DataType a = x.fields().get(i).type();
                    DataType b = y.fields().get(i).type();
                    Object converted = field == null || a.equals(b) ? field : convert(field, a, b);
                    if (converted == null && field != null) {
                        yield null;
                    }
                    fields.add(converted);
                }
                yield fields;
            }
            case MapType x
                    when to instanceof MapType y
                            && x.key().equals(y.key())
                            && x.value().equals(y.value()) ->
                    value;
            default -> null;
        };
    }
}
