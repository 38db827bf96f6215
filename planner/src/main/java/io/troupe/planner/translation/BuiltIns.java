package io.troupe.planner.translation;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.Typed;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;

/// Makes built-in expressions.
final class BuiltIns {
    private static final Dialect DIALECT = new Dialect(true, true, "UTC", null);

    private BuiltIns() {}

    /// A function of the registry over arguments of its types.
    static Expression call(String function, Expression... arguments) {
        List<Typed> typed = Arrays.stream(arguments).map(a -> new Typed(a, "")).toList();
        return Functions.scalar(function).bind(typed, DIALECT).expression();
    }

    /// A question about texts that only translations ask; never null.
    static Expression question(String function, Expression text) {
        return new Call(function, List.of(text), AtomicType.BOOLEAN, false);
    }

    static Expression not(Expression condition) {
        if (condition instanceof Literal literal && literal.value() instanceof Boolean value) {
            return new Literal(!value, AtomicType.BOOLEAN);
        }
        return call("not", condition);
    }

    static Expression and(Expression left, Expression right) {
        return left.equals(Literal.TRUE)
                ? right
                : right.equals(Literal.TRUE) ? left : call("and", left, right);
    }

    static Expression or(Expression left, Expression right) {
        return left.equals(Literal.FALSE)
                ? right
                : right.equals(Literal.FALSE) ? left : call("or", left, right);
    }

    static Expression isNull(Expression value) {
        return call("isnull", value);
    }

    static Expression isNotNull(Expression value) {
        return call("isnotnull", value);
    }

    /// The value, or false in place of null.
    static Expression orFalse(Expression condition) {
        return condition.nullable() ? call("coalesce", condition, Literal.FALSE) : condition;
    }

    static Expression choice(Expression condition, Expression then, Expression otherwise) {
        return new CaseWhen(List.of(new CaseWhen.Branch(condition, then)), otherwise, then.type());
    }

    /// Null where the condition does not hold.
    static Expression onlyWhere(Expression condition, Expression value) {
        return choice(condition, value, Literal.ofNull(value.type()));
    }

    /// A conversion that every value survives.
    static Expression cast(Expression value, DataType type) {
        return value.type().equals(type) ? value : new Cast(value, type, Cast.Mode.ANSI);
    }

    /// A conversion that gives null where a value does not fit.
    static Expression tryCast(Expression value, DataType type) {
        return value.type().equals(type) ? value : new Cast(value, type, Cast.Mode.TRY);
    }

    static Literal literal(double value) {
        return new Literal(value, AtomicType.DOUBLE);
    }
}
