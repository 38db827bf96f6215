package io.troupe.planner.expression;

import java.util.List;

/// A function that gives any number of rows per input row, by canonical name: `explode`,
/// `posexplode`, `inline`, `stack`, `json_tuple`. `python` is null unless it is a Python table
/// function.
public record GeneratorCall(String function, List<Expression> arguments, PythonTableCall python) {
    public GeneratorCall {
        arguments = List.copyOf(arguments);
    }
}
