package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.PythonFunctions;
import io.troupe.console.model.TaskMetric;
import io.troupe.planner.translation.Translation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Most of a query's time goes to the user's Python.
final class PythonBoundRule implements Rule {
    private static final double LEAST_SHARE = 0.4;
    private static final int LONGEST_NOTE = 300;
    private static final long LEAST_NANOS = 500_000_000L;

    @Override
    public String name() {
        return "pythonBound";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        long run = Math.max(1, facts.sum(TaskMetric.RUN));
        long python = Math.min(run, Math.max(facts.sum(TaskMetric.PYTHON), operators(facts)));
        if (python < LEAST_NANOS || python < LEAST_SHARE * run) {
            return List.of();
        }
        OperatorFigures slowest =
                facts.figures().stream()
                        .filter(OperatorFigures::isPython)
                        .max(Comparator.comparingLong(OperatorFigures::ownNanos))
                        .orElse(null);
        List<String> names = slowest == null ? List.of() : PythonFunctions.of(slowest.operator());
        String notes = note(facts, names);
        boolean rowByRow =
                slowest != null
                        && slowest.operator().name().startsWith("ArrowEval")
                        && !notes.contains(Translation.MANY_ROWS);
        String called = names.isEmpty() ? "a Python function" : String.join(", ", names);
        long rows = facts.sum(TaskMetric.PYTHON_ROWS);
        long compute = facts.sum(TaskMetric.PYTHON_COMPUTE);
        List<Finding> found = new ArrayList<>();
        found.add(
                Finding.ofQuery(
                        this,
                        facts.query(),
                        python,
                        new Finding.Text(
                                "Python: "
                                        + Words.percent((double) python / run)
                                        + " of the time is spent for "
                                        + called,
                                called
                                        + (slowest == null ? "" : Words.at(slowest.operator()))
                                        + " took "
                                        + Words.time(python)
                                        + " of "
                                        + Words.time(run)
                                        + " of tasks' time for "
                                        + Words.count(rows)
                                        + " rows, "
                                        + Words.count((long) (rows * 1e9 / python))
                                        + " rows/s a core; "
                                        + Words.percent((double) compute / python)
                                        + " of that was its own computing.",
                                notes + suggestion(rowByRow, called))));
        return found;
    }

    /// Time of the operators that call Python: beside the waits it has the starts of workers.
    private static long operators(QueryFacts facts) {
        return facts.figures().stream()
                .filter(OperatorFigures::isPython)
                .mapToLong(OperatorFigures::ownNanos)
                .sum();
    }

    /// What the planner says of the first function, where it knows a built-in or a reason.
    private static String note(QueryFacts facts, List<String> names) {
        String notes = facts.query().plans().getOrDefault("python", "");
        for (String name : names) {
            for (String line : notes.split("\n")) {
                int known = line.indexOf("runs in Python: ");
                if (line.startsWith(name + "(") && known >= 0) {
                    return Words.cut(line.substring(known), LONGEST_NOTE) + " – ";
                }
            }
        }
        return "";
    }

    private static String suggestion(boolean rowByRow, String called) {
        return rowByRow
                ? "write "
                        + called
                        + " with the built-in functions of pyspark.sql.functions, or as a pandas_udf that takes whole columns"
                : "do what "
                        + called
                        + " does with built-in functions where they can, and hand it only the columns and rows that it needs";
    }
}
