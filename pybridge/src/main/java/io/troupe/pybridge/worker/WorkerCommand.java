package io.troupe.pybridge.worker;

import java.util.List;
import java.util.Map;

/// How workers are started: the interpreter, and what its environment has beside this process's.
///
/// @param memoryLimit bytes (proportional set size) above which a worker is ended; 0 for no limit
public record WorkerCommand(String interpreter, Map<String, String> environment, long memoryLimit) {
    public WorkerCommand {
        environment = Map.copyOf(environment);
    }

    ProcessBuilder process(String module, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(interpreter, "-u", "-m", module);
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        return builder;
    }

    WorkerDiedException cannotStart(String why) {
        return new WorkerDiedException(
                "The Python worker cannot be started with `"
                        + interpreter
                        + "`: "
                        + why
                        + ". Set spark.pyspark.python to a Python 3.11 or later that has pyarrow and cloudpickle.");
    }
}
