package io.troupe.planner.function;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;

/// Precision and scale of decimal arithmetic.
public final class Decimals {
    private static final int MINIMUM_ADJUSTED_SCALE = 6;

    private Decimals() {}

    /// The decimal that holds every value of an integral (or the usual ones of a fractional) type;
    /// null for others.
    public static DecimalType forType(DataType type) {
        return switch (type) {
            case DecimalType decimal -> decimal;
            case AtomicType.BYTE -> new DecimalType(3, 0);
            case AtomicType.SHORT -> new DecimalType(5, 0);
            case AtomicType.INTEGER -> new DecimalType(10, 0);
            case AtomicType.LONG -> new DecimalType(20, 0);
            case AtomicType.FLOAT -> new DecimalType(14, 7);
            case AtomicType.DOUBLE -> new DecimalType(30, 15);
            default -> null;
        };
    }

    /// As [#forType], but an integral literal gets the precision of its own digits.
    static DecimalType forExpression(Expression expression) {
        if (expression instanceof Literal literal
                && literal.value() != null
                && literal.type().isIntegral()) {
            int digits = new BigDecimal(literal.value().toString()).precision();
            return new DecimalType(digits, 0);
        }
        boolean signed =
                expression instanceof Call call
                        && call.is("negative")
                        && call.argument(0) instanceof Literal;
        return signed ? forExpression(((Call) expression).argument(0)) : forType(expression.type());
    }

    static DecimalType bounded(int precision, int scale) {
        return new DecimalType(
                Math.min(precision, DecimalType.MAX_PRECISION),
                Math.min(scale, DecimalType.MAX_PRECISION));
    }

    /// Gives up fractional digits, though not below six, rather than integral ones.
    static DecimalType adjusted(int precision, int scale, boolean loss) {
        if (!loss || precision <= DecimalType.MAX_PRECISION) {
            return bounded(precision, scale);
        }
        int integral = precision - scale;
        int minimum = Math.min(scale, MINIMUM_ADJUSTED_SCALE);
        return new DecimalType(
                DecimalType.MAX_PRECISION, Math.max(DecimalType.MAX_PRECISION - integral, minimum));
    }

    static DecimalType result(String operator, DecimalType a, DecimalType b, boolean loss) {
        int p1 = a.precision();
        int s1 = a.scale();
        int p2 = b.precision();
        int s2 = b.scale();
        return switch (operator) {
            case "+", "-" -> {
                int scale = Math.max(s1, s2);
                yield adjusted(Math.max(p1 - s1, p2 - s2) + scale + 1, scale, loss);
            }
            case "*" -> adjusted(p1 + p2 + 1, s1 + s2, loss);
            case "/" -> {
                if (loss) {
                    int scale = Math.max(MINIMUM_ADJUSTED_SCALE, s1 + p2 + 1);
                    yield adjusted(p1 - s1 + s2 + scale, scale, true);
                }
                int integral = Math.min(DecimalType.MAX_PRECISION, p1 - s1 + s2);
                int scale =
                        Math.min(
                                DecimalType.MAX_PRECISION,
                                Math.max(MINIMUM_ADJUSTED_SCALE, s1 + p2 + 1));
                int excess = integral + scale - DecimalType.MAX_PRECISION;
                if (excess > 0) {
                    scale -= excess / 2 + 1;
                    integral = DecimalType.MAX_PRECISION - scale;
                }
                yield bounded(integral + scale, scale);
            }
            case "%", "pmod" -> {
                int scale = Math.max(s1, s2);
                yield adjusted(Math.min(p1 - s1, p2 - s2) + scale, scale, loss);
            }
            default -> throw new IllegalArgumentException("no decimal rule for " + operator);
        };
    }

    /// The narrowest decimal that holds both.
    static DecimalType wider(DecimalType a, DecimalType b) {
        int scale = Math.max(a.scale(), b.scale());
        int integral = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        if (integral + scale <= DecimalType.MAX_PRECISION) {
            return new DecimalType(integral + scale, scale);
        }
        return new DecimalType(
                DecimalType.MAX_PRECISION, Math.max(0, DecimalType.MAX_PRECISION - integral));
    }

    static boolean holds(DecimalType wide, DecimalType narrow) {
        return wide.precision() - wide.scale() >= narrow.precision() - narrow.scale()
                && wide.scale() >= narrow.scale();
    }
}
