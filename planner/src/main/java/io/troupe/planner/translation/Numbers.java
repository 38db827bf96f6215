package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import java.math.BigInteger;

/// Arithmetic. Whole numbers of Python have no bounds: a result that a bigint may not hold is null,
/// and the row Python's. Floating numbers are the same 64 bits in both worlds, except that Python
/// raises an error where the divisor is zero.
final class Numbers {
    private final Terms terms;

    Numbers(Terms terms) {
        this.terms = terms;
    }

    Part unary(String operator, Part given) {
        Part operand = number(given, operator);
        if (operand.kind() == Kind.FLOAT) {
            return switch (operator) {
                case "+" -> operand;
                case "-" -> operand.with(BuiltIns.call("negative", operand.value()));
                default -> throw unknown(operator, operand, operand);
            };
        }
        Part whole = whole(operand);
        Part zero = constant(0);
        return switch (operator) {
            case "+" -> whole;
            case "-" -> wholes("-", zero, whole);
            case "~" -> wholes("-", constant(-1), whole);
            default -> throw unknown(operator, operand, operand);
        };
    }

    Part binary(String operator, Part first, Part second) {
        Part left = number(first, operator);
        Part right = number(second, operator);
        boolean floats = left.kind() == Kind.FLOAT || right.kind() == Kind.FLOAT;
        return switch (operator) {
            case "+", "-", "*" ->
                    floats ? floats(operator, left, right) : wholes(operator, left, right);
            case "/" -> quotient(left, right);
            case "//", "%" -> floored(operator, left, right);
            case "**" -> {
                if (floats || !Long.valueOf(2).equals(right.constant())) {
                    throw unknown(operator, left, right);
                }
                yield wholes("*", left, left);
            }
            case "&", "|", "^" -> bits(operator, left, right);
            default -> throw unknown(operator, left, right);
        };
    }

    private static UntranslatableException unknown(String operator, Part left, Part right) {
        return new UntranslatableException(
                "'"
                        + operator
                        + "' of "
                        + left.kind().shown
                        + (left == right ? "" : " and " + right.kind().shown)
                        + " is left to Python");
    }

    private static Part constant(long value) {
        return new Part(Literal.of(value), Kind.INT, Range.of(value, value), Part.Nulls.NEVER);
    }

    static Part number(Part part, String what) {
        Part operand = Terms.needed(part, "'" + what + "'");
        if (!operand.kind().isNumber()) {
            throw unknown(what, operand, operand);
        }
        return operand;
    }

    /// True and False are 1 and 0 to arithmetic.
    static Part whole(Part part) {
        return part.kind() != Kind.BOOL
                ? part
                : new Part(
                        BuiltIns.cast(
                                BuiltIns.cast(part.value(), AtomicType.INTEGER), AtomicType.LONG),
                        Kind.INT,
                        Range.of(0, 1),
                        part.nulls());
    }

    /// The number as Python makes a float of it: rounded to the nearest.
    static Expression floating(Part part) {
        return BuiltIns.cast(whole(part).value(), AtomicType.DOUBLE);
    }

    private static Part floats(String operator, Part left, Part right) {
        return Part.of(
                BuiltIns.call(operator, floating(left), floating(right)),
                Kind.FLOAT,
                Terms.nulls(left, right));
    }

    private static Part wholes(String operator, Part first, Part second) {
        Part left = whole(first);
        Part right = whole(second);
        Range range =
                switch (operator) {
                    case "+" -> left.range().plus(right.range());
                    case "-" -> left.range().minus(right.range());
                    default -> left.range().times(right.range());
                };
        boolean fits = range.within(Range.LONG);
        String attempt =
                switch (operator) {
                    case "+" -> "try_add";
                    case "-" -> "try_subtract";
                    default -> "try_multiply";
                };
        Expression value = BuiltIns.call(fits ? operator : attempt, left.value(), right.value());
        Part.Nulls nulls = fits ? Terms.nulls(left, right) : Part.Nulls.FAILS;
        return new Part(value, Kind.INT, range.clipped(), nulls);
    }

    /// Python divides whole numbers as if by real numbers and rounds once; doubles do the same as
    /// long as they hold the operands.
    private Part quotient(Part left, Part right) {
        if (left.kind() != Kind.FLOAT && right.kind() != Kind.FLOAT) {
            requireExact(left);
            requireExact(right);
        }
        Expression value = BuiltIns.call("try_divide", floating(left), floating(right));
        return Part.of(value, Kind.FLOAT, Part.Nulls.FAILS);
    }

    /// Checks that a double holds the number.
    void requireExact(Part part) {
        Part whole = whole(part);
        if (!whole.range().within(Range.EXACT)) {
            Part settled = terms.settled(whole);
            terms.checks().add(orNull(settled, within(settled.value(), Range.EXACT)));
        }
    }

    private static Expression orNull(Part part, Expression condition) {
        return part.nulls() == Part.Nulls.NEVER
                ? condition
                : BuiltIns.or(BuiltIns.isNull(part.value()), condition);
    }

    static Expression within(Expression value, Range range) {
        return BuiltIns.and(
                Comparisons.of(">=", value, Literal.of(range.low().longValueExact())),
                Comparisons.of("<=", value, Literal.of(range.high().longValueExact())));
    }

    /// Division that rounds towards minus infinity, by positive numbers. Where a is negative, ~a is
    /// not, and ~(~a / b) is the quotient rounded down.
    private static Part floored(String operator, Part first, Part second) {
        if (first.kind() == Kind.FLOAT || second.kind() == Kind.FLOAT) {
            throw unknown(operator, first, second);
        }
        Part left = whole(first);
        Part right = whole(second);
        boolean positive = right.range().low().signum() > 0;
        Expression divisor =
                positive
                        ? right.value()
                        : BuiltIns.onlyWhere(
                                Comparisons.of(">", right.value(), Literal.of(0L)), right.value());
        Part.Nulls nulls = positive ? Terms.nulls(left, right) : Part.Nulls.FAILS;
        if (operator.equals("%")) {
            BigInteger most = right.range().high().subtract(BigInteger.ONE).max(BigInteger.ZERO);
            return new Part(
                    BuiltIns.call("pmod", left.value(), divisor),
                    Kind.INT,
                    new Range(BigInteger.ZERO, most),
                    nulls);
        }
        Expression down = BuiltIns.call("div", left.value(), divisor);
        Expression complement = BuiltIns.call("~", left.value());
        Expression up = BuiltIns.call("~", BuiltIns.call("div", complement, divisor));
        Expression value =
                left.range().low().signum() >= 0
                        ? down
                        : BuiltIns.choice(
                                Comparisons.of(">=", left.value(), Literal.of(0L)), down, up);
        return new Part(value, Kind.INT, left.range().union(Range.of(-1, 0)), nulls);
    }

    /// Bits of negative numbers go on for ever in Python; two's complement is their end.
    private static Part bits(String operator, Part left, Part right) {
        if (left.kind() != Kind.INT || right.kind() != Kind.INT) {
            throw unknown(operator, left, right);
        }
        return new Part(
                BuiltIns.call(operator, left.value(), right.value()),
                Kind.INT,
                Range.LONG,
                Terms.nulls(left, right));
    }
}
