package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A parameter of a [Lambda], by unique id.
public record LambdaVariable(long id, String name, DataType type, boolean nullable)
        implements Expression {
    @Override
    public List<Expression> children() {
        return List.of();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return this;
    }
}
