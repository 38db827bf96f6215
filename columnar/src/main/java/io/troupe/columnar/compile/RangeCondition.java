package io.troupe.columnar.compile;

import io.troupe.columnar.kernel.Comparison;
import io.troupe.columnar.kernel.RangeSelection;
import io.troupe.columnar.kernel.SortKeys;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;

/// `value` within `low .. high` (outside when negated), in the engine's 64-bit form: whole numbers,
/// dates, times, unscaled decimals, and floating numbers as sort keys.
record RangeCondition(Expression value, long low, long high, boolean negated) {
    /// The comparison of an expression with a constant, or null when the condition is something
    /// else.
    static RangeCondition of(Expression condition, FunctionCompiler functions) {
        if (!(condition instanceof Call call)) {
            return null;
        }
        Comparison comparison = Comparison.of(call.function());
        if (comparison == null) {
            return null;
        }
        Expression left = functions.fold(call.argument(0));
        Expression right = functions.fold(call.argument(1));
        if (left instanceof Literal constant && !(right instanceof Literal)) {
            return of(right, comparison.swapped(), constant);
        }
        return right instanceof Literal constant && !(left instanceof Literal)
                ? of(left, comparison, constant)
                : null;
    }

    private static RangeCondition of(Expression value, Comparison comparison, Literal constant) {
        if (constant.value() == null) {
            return null;
        }
        Long key = key(constant, value.type());
        if (key == null) {
            return null;
        }
        long k = key;
        return switch (comparison) {
            case EQUAL -> new RangeCondition(value, k, k, false);
            case NOT_EQUAL -> new RangeCondition(value, k, k, true);
            case LESS ->
                    k == Long.MIN_VALUE
                            ? nothing(value)
                            : new RangeCondition(value, Long.MIN_VALUE, k - 1, false);
            case LESS_OR_EQUAL -> new RangeCondition(value, Long.MIN_VALUE, k, false);
            case GREATER ->
                    k == Long.MAX_VALUE
                            ? nothing(value)
                            : new RangeCondition(value, k + 1, Long.MAX_VALUE, false);
            case GREATER_OR_EQUAL -> new RangeCondition(value, k, Long.MAX_VALUE, false);
        };
    }

    private static RangeCondition nothing(Expression value) {
        return new RangeCondition(value, 1, 0, false);
    }

    /// The constant in the value's 64-bit form; null when the value has none or cannot equal the
    /// constant exactly.
    private static Long key(Literal constant, DataType type) {
        return switch (type.storage()) {
            case INT -> constant.value() instanceof Number number ? number.longValue() : null;
            case LONG ->
                    type instanceof DecimalType decimal
                            ? decimalKey(constant.value(), decimal)
                            : constant.value() instanceof Number number
                                            && !(number instanceof BigDecimal)
                                    ? number.longValue()
                                    : null;
            case DOUBLE, FLOAT ->
                    constant.type().isFractional()
                            ? SortKeys.of(((Number) constant.value()).doubleValue())
                            : null;
            default -> null;
        };
    }

    private static Long decimalKey(Object value, DecimalType type) {
        if (!(value instanceof BigDecimal decimal)) {
            return null;
        }
        try {
            return decimal.setScale(type.scale()).unscaledValue().longValueExact();
        } catch (ArithmeticException between) {
            return null;
        }
    }

    boolean joins(RangeCondition other) {
        return !negated && !other.negated && value.equals(other.value);
    }

    RangeCondition and(RangeCondition other) {
        return new RangeCondition(
                value, Math.max(low, other.low), Math.min(high, other.high), false);
    }

    VectorPredicate predicate(FunctionCompiler functions) {
        VectorFunction function = functions.compile(value);
        RangeSelection range = new RangeSelection(low, high, negated);
        return (batch, selection, count, result) ->
                count == 0
                        ? 0
                        : range.select(
                                function.evaluate(batch, selection, count),
                                selection,
                                count,
                                result);
    }
}
