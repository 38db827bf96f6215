package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A column of the query around a correlated subquery. Decorrelation removes all of them before
/// physical planning.
public record OuterReference(Attribute attribute) implements Expression {
    @Override
    public DataType type() {
        return attribute.type();
    }

    @Override
    public boolean nullable() {
        return attribute.nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return this;
    }
}
