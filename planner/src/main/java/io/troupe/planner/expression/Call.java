package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A built-in scalar function or operator by its canonical registry name in lower case: `+`, `=`,
/// `and`, `not`, `isnull`, `upper`, `getfield` (struct, literal ordinal int), `getitem` (array or
/// map, key), `named_struct`, `in` (value, item…), `coalesce`, `if` … Arguments have already been
/// coerced to the function's argument types. `and`, `or`, `coalesce`, `if`, [CaseWhen] evaluate
/// lazily: an argument is evaluated only for the rows that need it, because it may raise an error.
public record Call(String function, List<Expression> arguments, DataType type, boolean nullable)
        implements Expression {
    public Call {
        arguments = List.copyOf(arguments);
    }

    public boolean is(String name) {
        return function.equals(name);
    }

    public Expression argument(int index) {
        return arguments.get(index);
    }

    @Override
    public List<Expression> children() {
        return arguments;
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return new Call(function, children, type, nullable);
    }
}
