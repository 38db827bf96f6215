package io.troupe.planner.expression;

import java.util.ArrayList;
import java.util.List;

/// How a Python table function is called: the generator's arguments are first the function's own,
/// one per entry of `argumentNames` (a keyword, or null when positional), then `keys` columns whose
/// changes tell where one partition of a table argument ends and the next begins.
///
/// @param tables positions of the arguments that are whole rows of a table argument
/// @param analysis the pickled result of the function's `analyze`, empty when it has none
public record PythonTableCall(
        PythonFunction function,
        List<String> argumentNames,
        List<Integer> tables,
        int keys,
        byte[] analysis) {
    public PythonTableCall {
        argumentNames =
                new ArrayList<>(argumentNames); // names may be null, which List.copyOf refuses
        tables = List.copyOf(tables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PythonTableCall that
                && function.equals(that.function)
                && argumentNames.equals(that.argumentNames)
                && tables.equals(that.tables)
                && keys == that.keys;
    }

    @Override
    public int hashCode() {
        return 31 * function.hashCode() + argumentNames.hashCode();
    }
}
