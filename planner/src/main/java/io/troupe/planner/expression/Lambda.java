package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// A function argument of a higher-order function (`transform`, `filter`, `aggregate` …). Its type
/// is the body's.
public record Lambda(List<LambdaVariable> parameters, Expression body) implements Expression {
    public Lambda {
        parameters = List.copyOf(parameters);
    }

    @Override
    public DataType type() {
        return body.type();
    }

    @Override
    public boolean nullable() {
        return body.nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of(body);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return new Lambda(new ArrayList<>(parameters), children.getFirst());
    }
}
