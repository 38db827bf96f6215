package io.troupe.columnar.source.filter;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Decides from value ranges whether a condition can hold for any row. Whatever it does not
/// understand may hold.
public final class RangePruner {
    private RangePruner() {}

    /// False only when no row can satisfy all of the conditions.
    public static boolean mayMatch(
            List<Expression> conjuncts, Function<Attribute, ColumnRange> ranges) {
        for (Expression conjunct : conjuncts) {
            if (!mayMatch(conjunct, ranges)) {
                return false;
            }
        }
        return true;
    }

    /// @param ranges the range of a column, or null when nothing is known
    public static boolean mayMatch(Expression condition, Function<Attribute, ColumnRange> ranges) {
        if (condition instanceof Literal literal) {
            return Boolean.TRUE.equals(literal.value());
        }
        if (!(condition instanceof Call call)) {
            return true;
        }
        return switch (call.function()) {
            case "and" -> call.arguments().stream().allMatch(part -> mayMatch(part, ranges));
            case "or" -> call.arguments().stream().anyMatch(part -> mayMatch(part, ranges));
            case "=", "==", "<", "<=", ">", ">=", "<=>" -> comparison(call, ranges);
            case "in" -> in(call, ranges);
            case "isnull" -> {
                ColumnRange range = range(call.argument(0), ranges);
                yield range == null || range.nulls() != 0;
            }
            case "isnotnull" -> {
                ColumnRange range = range(call.argument(0), ranges);
                yield range == null || !range.allNull();
            }
            default -> true;
        };
    }

    private static ColumnRange range(
            Expression expression, Function<Attribute, ColumnRange> ranges) {
        return expression instanceof Attribute attribute ? ranges.apply(attribute) : null;
    }

    private static boolean comparison(Call call, Function<Attribute, ColumnRange> ranges) {
        Expression left = call.argument(0);
        Expression right = call.argument(1);
        if (left instanceof Attribute && right instanceof Literal literal) {
            return compare(call.function(), ranges.apply((Attribute) left), literal.value());
        }
        if (right instanceof Attribute && left instanceof Literal literal) {
            return compare(
                    mirrored(call.function()), ranges.apply((Attribute) right), literal.value());
        }
        return true;
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static boolean compare(String operator, ColumnRange range, Object value) {
        if (range == null) {
            return true;
        }
        if (value == null) {
            return operator.equals("<=>") && range.nulls() != 0;
        }
        if (range.allNull()) {
            return false;
        }
        return switch (operator) {
            case "<" -> below(range.minimum(), value, -1);
            case "<=" -> below(range.minimum(), value, 0);
            case ">" -> below(value, range.maximum(), -1);
            case ">=" -> below(value, range.maximum(), 0);
            default -> below(range.minimum(), value, 0) && below(value, range.maximum(), 0);
        };
    }

    private static boolean in(Call call, Function<Attribute, ColumnRange> ranges) {
        ColumnRange range = range(call.argument(0), ranges);
        if (range == null) {
            return true;
        }
        for (Expression item : call.arguments().subList(1, call.arguments().size())) {
            if (!(item instanceof Literal literal)) {
                return true;
            }
            if (literal.value() != null && compare("=", range, literal.value())) {
                return true;
            }
        }
        return false;
    }

    /// Whether `[minimum, maximum]` (either null: unknown) and the range may share a value.
    public static boolean overlaps(ColumnRange range, Object minimum, Object maximum) {
        return range == null
                || !range.allNull()
                        && below(range.minimum(), maximum, 0)
                        && below(minimum, range.maximum(), 0);
    }

    /// Whether a ≤ b (`atMost` 0) or a < b (`atMost` -1); true when either is unknown or they do
    /// not compare.
    private static boolean below(Object a, Object b, int atMost) {
        if (a == null || b == null) {
            return true;
        }
        Integer order = order(a, b);
        return order == null || order <= atMost;
    }

    private static Integer order(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y);
        }
        if (isFloating(a) && isFloating(b)) {
            double x = ((Number) a).doubleValue();
            double y = ((Number) b).doubleValue();
            // NaN is the largest value to Spark and absent from statistics.
            return Double.isNaN(x) || Double.isNaN(y)
                    ? null
                    : (Integer) (x < y ? -1 : x > y ? 1 : 0);
        }
        if (isIntegral(a) && isIntegral(b)) {
            return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        byte[] x = bytes(a);
        byte[] y = bytes(b);
        return x == null || y == null ? null : (Integer) Arrays.compareUnsigned(x, y);
    }

    private static boolean isFloating(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    private static boolean isIntegral(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte;
    }

    private static byte[] bytes(Object value) {
        return value instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : value instanceof byte[] data ? data : null;
    }
}
