package io.troupe.planner.expression;

import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.List;

/// A query nested in an expression; correlated when its plan holds an [OuterReference]. `values`
/// are the left-hand sides of IN, else empty.
public record Subquery(Kind kind, QueryPlan plan, List<Expression> values) implements Expression {
    public enum Kind {
        /// The single value of the only row; null without a row; an error with several.
        SCALAR,
        EXISTS,
        IN
    }

    public Subquery {
        values = List.copyOf(values);
    }

    @Override
    public DataType type() {
        return kind == Kind.SCALAR ? plan.output().getFirst().type() : AtomicType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
        return switch (kind) {
            case EXISTS -> false;
            case SCALAR -> true;
            case IN ->
                    values.stream().anyMatch(Expression::nullable)
                            || plan.output().stream().anyMatch(Expression::nullable);
        };
    }

    @Override
    public List<Expression> children() {
        return values;
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return new Subquery(kind, plan, children);
    }
}
