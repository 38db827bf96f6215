package io.troupe.pybridge.worker;

import java.util.List;
import java.util.Map;

/// How a worker is started: the interpreter, and what its environment has beside this process's.
public record WorkerCommand(String interpreter, Map<String, String> environment) {
    public WorkerCommand {
        environment = Map.copyOf(environment);
    }

    List<String> arguments() {
        return List.of(interpreter, "-u", "-m", "troupe.worker");
    }
}
