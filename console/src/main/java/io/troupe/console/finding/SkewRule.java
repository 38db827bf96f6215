package io.troupe.console.finding;

import io.troupe.console.model.Partitions;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;

/// One partition holds so much more than the others that everybody waits for its task.
final class SkewRule implements Rule {
    private static final double TIMES = 3;
    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final int COMPARED = 64;

    @Override
    public String name() {
        return "skew";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            long[] runs = stage.table().sorted(TaskMetric.RUN);
            if (runs.length >= 2 && runs[runs.length - 1] >= LEAST_NANOS) {
                look(facts, stage, found);
            }
        }
        return found;
    }

    private void look(QueryFacts facts, StageModel stage, List<Finding> found) {
        List<Partitions.Large> largest = Partitions.largest(facts.model(), stage, COMPARED);
        if (largest.isEmpty()) {
            return;
        }
        Partitions.Large first = largest.getFirst();
        boolean fetched = stage.sum(TaskMetric.SHUFFLE_READ_BYTES) > 0;
        long middle =
                middle(stage, fetched ? TaskMetric.SHUFFLE_READ_BYTES : TaskMetric.INPUT_BYTES);
        long middleRun = middle(stage, TaskMetric.RUN);
        long lost = first.runNanos() - middleRun;
        if (first.bytes() < TIMES * middle
                || first.runNanos() < TIMES * middleRun
                || lost < LEAST_NANOS / 2) {
            return;
        }
        String key = first.key().isEmpty() ? "" : " of key " + first.key();
        String evidence =
                "Partition "
                        + first.partition()
                        + " of stage "
                        + stage.number()
                        + " has "
                        + Words.bytes(first.bytes())
                        + " in "
                        + Words.count(first.rows())
                        + " rows, the middle one "
                        + Words.bytes(middle)
                        + "; its task ran "
                        + Words.time(first.runNanos())
                        + " against "
                        + Words.time(middleRun)
                        + (first.key().isEmpty()
                                ? "."
                                : "; about "
                                        + Words.percent(first.keyShare())
                                        + " of its rows have the key "
                                        + first.key()
                                        + ".");
        found.add(
                Finding.ofStage(
                        this,
                        stage,
                        lost,
                        new Finding.Text(
                                "Skew" + key + ": one task waits for " + rows(first),
                                evidence,
                                suggestion(first))));
    }

    private static String rows(Partitions.Large first) {
        return Words.count(first.rows()) + " rows of one partition";
    }

    private static String suggestion(Partitions.Large first) {
        if (first.key().equals("NULL")) {
            return "filter out the rows without a key before they are joined or grouped";
        }
        return first.key().isEmpty()
                ? "add a random number to the key and aggregate or join in two steps, or broadcast the smaller side of the join"
                : "treat the key "
                        + first.key()
                        + " by itself (filter it out, and union its result), or add a random number to it and aggregate in two steps";
    }

    /// The lower of the two in the middle: of two partitions the larger is no measure of itself.
    private static long middle(StageModel stage, TaskMetric metric) {
        long[] sorted = stage.table().sorted(metric);
        return Math.max(1, sorted[(sorted.length - 1) / 2]);
    }
}
