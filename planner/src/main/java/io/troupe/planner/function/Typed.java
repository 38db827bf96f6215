package io.troupe.planner.function;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.DataType;

/// A resolved expression and the text by which Spark shows it: in names of columns without alias
/// and in messages. Implicit conversions are in the expression but not in the text.
public record Typed(Expression expression, String text) {
    public DataType type() {
        return expression.type();
    }

    public boolean nullable() {
        return expression.nullable();
    }

    public Typed with(Expression expression) {
        return expression == this.expression ? this : new Typed(expression, text);
    }
}
