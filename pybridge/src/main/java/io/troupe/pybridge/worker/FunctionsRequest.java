package io.troupe.pybridge.worker;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// The functions that a task is about to run.
public record FunctionsRequest(List<PythonFunction> functions)
        implements TaskContext.PythonRequest {
    public FunctionsRequest {
        functions = List.copyOf(functions);
    }
}
