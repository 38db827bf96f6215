package io.troupe.pybridge.worker;

import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.planner.expression.PythonFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each function of a piece of work costs, beside the sums over all Python of the task:
/// counters `udf.NAME#ID.WHAT`. Functions that share the work have its rows and its time on the way
/// (`encode`, `wait`, `decode`) in common; the time in the function is each one's own.
final class FunctionCosts {
    private final TaskMetrics metrics;
    private final List<PythonFunction> functions;
    private final Map<String, Long> shared = new LinkedHashMap<>();

    FunctionCosts(TaskMetrics metrics, List<PythonFunction> functions) {
        this.metrics = metrics;
        this.functions = functions;
    }

    /// Counts for the task and for each function.
    void add(String what, long amount) {
        metrics.add("python." + what, amount);
        shared.merge(what, amount, Long::sum);
    }

    /// The worker's own measure: of all, and of each function where there are several.
    void computed(long nanos, Map<?, ?> shares) {
        metrics.add("python.compute.nanos", nanos);
        for (PythonFunction function : functions) {
            Object share = shares.get(Long.toString(function.id()));
            long own =
                    functions.size() == 1 || !(share instanceof Number n) ? nanos : n.longValue();
            metrics.add(prefix(function) + "compute.nanos", own);
        }
    }

    /// Tells what was counted so far.
    void close(long peakBytes) {
        metrics.add("python.peak.bytes", peakBytes);
        shared.put("peak.bytes", peakBytes);
        for (PythonFunction function : functions) {
            shared.forEach((what, amount) -> metrics.add(prefix(function) + what, amount));
        }
    }

    private static String prefix(PythonFunction function) {
        return "udf." + function.name() + "#" + function.id() + ".";
    }
}
