package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.AtomicType;

/// LIMIT and OFFSET: constant whole numbers.
final class LimitAnalyzer {
    private final QueryAnalyzer query;

    LimitAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.LimitOffset limit) {
        LogicalPlan child = query.analyze(limit.child());
        long offset = limit.offset() == null ? 0 : rows(limit.offset(), "offset");
        long count = limit.limit() == null ? Limit.NO_LIMIT : rows(limit.limit(), "limit");
        return new Limit(child, count, offset);
    }

    private long rows(ParsedExpression parsed, String name) {
        Typed typed =
                new ExpressionAnalyzer(query, Scope.empty(query.outer()), query.extraction())
                        .resolveConstant(parsed, name);
        if (typed.type() == AtomicType.VOID
                || typed.expression() instanceof Literal literal && literal.value() == null) {
            throw Conditions.analysis(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL",
                    "name",
                    name,
                    "expr",
                    quoted(typed.text()));
        }
        if (!Expressions.isDeterministic(typed.expression())) {
            throw Conditions.analysis(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
                    "name",
                    name,
                    "expr",
                    quoted(typed.text()));
        }
        if (!typed.type().isIntegral() || typed.type() == AtomicType.LONG) {
            throw Conditions.analysis(
                    "INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE",
                    "name",
                    name,
                    "expr",
                    quoted(typed.text()),
                    "dataType",
                    quoted(typed.type().sql()));
        }
        Long value = constant(typed.expression());
        if (value == null) {
            throw Conditions.analysis(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
                    "name",
                    name,
                    "expr",
                    quoted(typed.text()));
        }
        if (value < 0) {
            throw Conditions.analysis(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
                    "name",
                    name,
                    "expr",
                    quoted(typed.text()),
                    "v",
                    value.toString());
        }
        return value;
    }

    /// The value of an integral constant expression of literals, casts and the four operations;
    /// null when it is none.
    static Long constant(Expression expression) {
        if (!Expressions.references(expression).isEmpty()) {
            return null;
        }
        return switch (expression) {
            case Literal literal
                    when literal.value() instanceof Number number && literal.type().isIntegral() ->
                    number.longValue();
            case Cast cast when cast.type().isIntegral() ->
                    cast.child() instanceof Literal literal
                                    && literal.value() instanceof String text
                                    && text.strip().matches("-?[0-9]{1,18}")
                            ? (Long) Long.parseLong(text.strip())
                            : cast.child().type().isIntegral() ? constant(cast.child()) : null;
            case Call call when call.arguments().size() == 1 && call.is("negative") -> {
                Long value = constant(call.argument(0));
                yield value == null ? null : Long.valueOf(-value);
            }
            case Call call when call.arguments().size() == 2 -> {
                Long left = constant(call.argument(0));
                Long right = constant(call.argument(1));
                yield left == null || right == null ? null : operate(call.function(), left, right);
            }
            default -> null;
        };
    }

    private static Long operate(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "div", "%" ->
                    right == 0
                            ? null
                            : Long.valueOf(operator.equals("div") ? left / right : left % right);
            default -> null;
        };
    }
}
