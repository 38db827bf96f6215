package io.troupe.planner.estimate;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import java.math.BigDecimal;

/// The share of rows that pass a condition. Independence of conjuncts is assumed, with a floor so
/// that many of them do not multiply to nothing.
final class Selectivity {
    private static final double UNKNOWN = 0.33;
    private static final double PATTERN = 0.2;
    private static final double PATTERN_CHARACTER = 0.75;
    private static final double RAREST_PATTERN = 0.01;
    private static final double FLOOR = 1e-6;

    private Selectivity() {}

    static double of(Expression condition, Estimate input) {
        double share = 1;
        for (Expression part : Expressions.conjuncts(condition)) {
            share *= single(part, input);
        }
        return Math.max(share, FLOOR);
    }

    private static double single(Expression condition, Estimate input) {
        return switch (condition) {
            case Literal literal -> Boolean.TRUE.equals(literal.value()) ? 1 : 0;
            case Call call -> call(call, input);
            default -> UNKNOWN;
        };
    }

    private static double call(Call call, Estimate input) {
        return switch (call.function()) {
            case "and" -> of(call, input);
            case "or" -> {
                double miss = 1;
                for (Expression part : Expressions.disjuncts(call)) {
                    miss *= 1 - Math.min(1, of(part, input));
                }
                yield 1 - miss;
            }
            case "not" -> Math.max(0.05, 1 - single(call.argument(0), input));
            case "=", "<=>" -> equality(call, input);
            case "<", "<=", ">", ">=" -> range(call, input);
            case "in" -> {
                Attribute column = column(call.argument(0));
                double each = column == null ? 0.05 : 1 / input.distinct(column);
                yield Math.min(0.9, each * (call.arguments().size() - 1));
            }
            case "isnull" -> {
                Attribute column = column(call.argument(0));
                yield column == null ? 0.05 : Math.max(input.column(column).nullShare(), 0.001);
            }
            case "isnotnull" -> {
                Attribute column = column(call.argument(0));
                yield column == null ? 0.95 : 1 - input.column(column).nullShare();
            }
            case "like", "ilike", "rlike", "contains", "startswith", "endswith" -> pattern(call);
            default -> UNKNOWN;
        };
    }

    /// The longer the text to be found, the rarer it is.
    private static double pattern(Call call) {
        if (!(call.argument(1) instanceof Literal literal)
                || !(literal.value() instanceof String text)) {
            return PATTERN;
        }
        long characters = text.chars().filter(Character::isLetterOrDigit).count();
        return Math.max(
                RAREST_PATTERN, PATTERN * Math.pow(PATTERN_CHARACTER, Math.max(0, characters - 1)));
    }

    private static double equality(Call call, Estimate input) {
        Attribute left = column(call.argument(0));
        Attribute right = column(call.argument(1));
        if (left != null && right != null) {
            return 1 / Math.max(input.distinct(left), input.distinct(right));
        }
        Attribute column = left == null ? right : left;
        if (column == null) {
            return 0.1;
        }
        double value = number(left == null ? call.argument(0) : call.argument(1));
        ColumnEstimate known = input.column(column);
        if (known.hasRange()
                && !Double.isNaN(value)
                && (value < known.minimum() || value > known.maximum())) {
            return FLOOR;
        }
        return known.distinct() < 0
                ? Math.min(0.1, 10 / Math.max(10, input.rows()))
                : 1 / input.distinct(column);
    }

    private static double range(Call call, Estimate input) {
        Attribute column = column(call.argument(0));
        boolean flipped = column == null;
        if (flipped) {
            column = column(call.argument(1));
        }
        double value = number(call.argument(flipped ? 0 : 1));
        if (column == null || Double.isNaN(value) || !input.column(column).hasRange()) {
            return UNKNOWN;
        }
        ColumnEstimate known = input.column(column);
        double width = known.maximum() - known.minimum();
        double below =
                width <= 0 ? (value >= known.minimum() ? 1 : 0) : (value - known.minimum()) / width;
        below = Math.clamp(below, 0, 1);
        boolean less = call.function().startsWith("<") != flipped;
        return Math.clamp(less ? below : 1 - below, 1 / Math.max(1, input.rows()), 1);
    }

    static Attribute column(Expression expression) {
        return switch (expression) {
            case Attribute attribute -> attribute;
            case Cast cast -> column(cast.child());
            default -> null;
        };
    }

    /// A literal as a double, NaN when it is none or has no order on the number line.
    static double number(Expression expression) {
        return switch (expression) {
            case Literal literal -> number(literal.value());
            case Cast cast -> number(cast.child());
            default -> Double.NaN;
        };
    }

    static double number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.doubleValue();
            case Number number -> number.doubleValue();
            case null, default -> Double.NaN;
        };
    }
}
