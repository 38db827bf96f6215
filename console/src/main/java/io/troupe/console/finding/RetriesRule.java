package io.troupe.console.finding;

import io.troupe.console.model.Failure;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import io.troupe.console.model.TaskTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Work was done more than once, because tasks failed or outputs were lost.
final class RetriesRule implements Rule {
    private static final long LEAST_NANOS = 500_000_000L;

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        long nanos = 0;
        long attempts = 0;
        Map<String, Integer> types = new TreeMap<>();
        for (StageModel stage : facts.stages()) {
            TaskTable table = stage.table();
            for (int row = 0; row < table.size(); row++) {
                Failure failure = table.failure(row);
                if (failure != null && !failure.type().equals("Cancelled")) {
                    types.merge(failure.type(), 1, Integer::sum);
                }
                if (failure != null || stage.attempt() > 0) {
                    nanos += table.get(row, TaskMetric.RUN);
                    attempts++;
                }
            }
        }
        if (types.isEmpty() || nanos < LEAST_NANOS) {
            return List.of();
        }
        String commonest =
                types.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        return List.of(
                Finding.ofQuery(
                        this,
                        facts.query(),
                        nanos,
                        new Finding.Text(
                                "Retries: "
                                        + Words.time(nanos)
                                        + " of work was for nothing or repeated",
                                Words.count(attempts)
                                        + " task attempts failed or ran again for lost outputs; failures: "
                                        + types
                                        + ".",
                                suggestion(commonest))));
    }

    private static String suggestion(String type) {
        return switch (type) {
            case "WorkerCrash", "OutOfMemory" ->
                    "give the tasks more memory, or let each have fewer rows: more partitions, smaller Python batches";
            case "ExecutorLost", "FetchFailure" ->
                    "see on the executors' page why executors were lost, and give those nodes what they lack";
            case "DiskFull" ->
                    "give the scratch folders more room (several may be named), or the tasks more memory";
            default -> "see the first failure on the stage's page: the same input fails each time";
        };
    }
}
