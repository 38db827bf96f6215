package io.troupe.planner.analysis;

import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;

/// Analysis needs the client to run a Python table function's `analyze` first, and to ask again
/// when it has noted the result.
public final class AnalyzeFirstException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// One argument as `analyze` sees it.
    ///
    /// @param name its keyword, or null
    /// @param type the type's JSON text
    /// @param constant its place in the row of [#constants], or -1
    public record Argument(String name, String type, boolean table, int constant) {}

    private final transient PythonFunction function;
    private final transient List<Argument> arguments;
    private final transient LogicalPlan constants;
    private final String key;

    /// @param constants a plan of one row: the values of constant arguments
    /// @param key by what the result is to be remembered
    public AnalyzeFirstException(
            PythonFunction function, List<Argument> arguments, LogicalPlan constants, String key) {
        super(
                "the `analyze` method of the table function "
                        + function.name()
                        + " has to be asked for its columns");
        this.function = function;
        this.arguments = new ArrayList<>(arguments);
        this.constants = constants;
        this.key = key;
    }

    public PythonFunction function() {
        return function;
    }

    public List<Argument> arguments() {
        return arguments;
    }

    public LogicalPlan constants() {
        return constants;
    }

    public String key() {
        return key;
    }
}
