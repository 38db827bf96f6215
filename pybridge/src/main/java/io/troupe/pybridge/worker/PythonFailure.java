package io.troupe.pybridge.worker;

import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// The failure of a user's function, as the worker described it, as the error that the user reads.
final class PythonFailure {
    private PythonFailure() {}

    static TroupeException of(Map<String, Object> described) {
        String traceback = String.valueOf(described.get("traceback"));
        StringBuilder text =
                new StringBuilder("An exception was thrown from the Python worker:\n")
                        .append(traceback);
        if (described.get("row") instanceof String row) {
            text.append("The input row was: (").append(row).append(")\n");
        }
        TroupeException failure =
                new TroupeException(
                        TroupeException.Kind.PythonException,
                        "PYTHON_EXCEPTION",
                        "38000",
                        text.toString(),
                        Map.of(
                                "type", String.valueOf(described.get("type")),
                                "msg", String.valueOf(described.get("message")),
                                "traceback", traceback));
        return failure.withPythonTraceback(traceback);
    }
}
