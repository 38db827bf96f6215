package io.troupe.console.finding;

import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;

/// The driver takes in more rows than a person or a small program can use.
final class CollectRule implements Rule {
    private static final long LEAST_ROWS = 1_000_000;
    private static final long LEAST_BYTES = 256L << 20;
    private static final double NANOS_PER_ROW = 1000;

    @Override
    public String name() {
        return "collect";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            long rows = stage.sum(TaskMetric.RESULT_ROWS);
            long bytes = stage.sum(TaskMetric.RESULT_BYTES);
            if (stage.query() >= 0 && (rows >= LEAST_ROWS || bytes >= LEAST_BYTES)) {
                found.add(
                        Finding.ofStage(
                                this,
                                stage,
                                rows * NANOS_PER_ROW,
                                new Finding.Text(
                                        "Collect: "
                                                + Words.count(rows)
                                                + " rows were brought to the script",
                                        "The result of "
                                                + Words.bytes(bytes)
                                                + " passes through one process ("
                                                + Words.count(LEAST_ROWS)
                                                + " rows or "
                                                + Words.bytes(LEAST_BYTES)
                                                + " or more is told).",
                                        "aggregate or limit before collecting, or write the result to files")));
            }
        }
        return found;
    }
}
