package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A scalar Python UDF applied to arguments. `argumentNames` holds, per argument, its keyword or
/// null when positional. Physical planning moves each into a Python evaluation node; operators
/// never compile one.
public record PythonCall(
        PythonFunction function, List<Expression> arguments, List<String> argumentNames)
        implements Expression {
    public PythonCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public DataType type() {
        return function.returnType();
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public List<Expression> children() {
        return arguments;
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return new PythonCall(function, children, argumentNames);
    }
}
