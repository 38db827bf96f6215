package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// An aggregate function by canonical registry name (`count` with no argument is COUNT(*)).
/// `filter` is null or a boolean expression; `order` is the order within the group (`listagg`,
/// `percentile_cont` …), usually empty. `python` is null unless the function is a grouped-aggregate
/// Python UDF (then `function` is its name).
public record AggregateCall(
        String function,
        List<Expression> arguments,
        boolean distinct,
        Expression filter,
        List<SortOrder> order,
        DataType type,
        boolean nullable,
        PythonAggregate python) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        order = List.copyOf(order);
    }

    public AggregateCall(
            String function, List<Expression> arguments, DataType type, boolean nullable) {
        this(function, arguments, false, null, List.of(), type, nullable, null);
    }
}
