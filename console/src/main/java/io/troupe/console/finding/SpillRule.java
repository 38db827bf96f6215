package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tasks write to disk what their memory cannot hold.
final class SpillRule implements Rule {
    private static final long LEAST_BYTES = 32L << 20;
    private static final long LEAST_NANOS = 500_000_000L;

    /// A gibibyte a second each way: what a good disk does.
    private static final double NANOS_PER_BYTE = 2.0;

    @Override
    public String name() {
        return "spill";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            long bytes = stage.sum(TaskMetric.SPILL_BYTES);
            if (bytes >= LEAST_BYTES || stage.sum(TaskMetric.SPILL) >= LEAST_NANOS) {
                found.add(finding(facts, stage, bytes));
            }
        }
        return found;
    }

    private Finding finding(QueryFacts facts, StageModel stage, long bytes) {
        String operator =
                facts.figuresOf(stage).stream()
                        .filter(figure -> figure.spillBytes() > 0)
                        .max(Comparator.comparingLong(OperatorFigures::spillBytes))
                        .map(f -> f.operator().name() + Words.at(f.operator()))
                        .orElse("the exchange");
        long memory = stage.sum(TaskMetric.PEAK_MEMORY);
        String evidence =
                "Stage "
                        + stage.number()
                        + " wrote "
                        + Words.bytes(bytes)
                        + " to disk in "
                        + Words.time(stage.sum(TaskMetric.SPILL))
                        + ", mostly "
                        + operator
                        + "; a task had at most "
                        + Words.bytes(memory)
                        + " of memory ("
                        + Words.bytes(LEAST_BYTES)
                        + " or "
                        + Words.time(LEAST_NANOS)
                        + " or more are told).";
        return Finding.ofStage(
                this,
                stage,
                stage.sum(TaskMetric.SPILL) + bytes * NANOS_PER_BYTE,
                new Finding.Text(
                        "Spill: " + Words.bytes(bytes) + " went to disk for want of memory",
                        evidence,
                        suggestion(facts, stage)));
    }

    private static String suggestion(QueryFacts facts, StageModel stage) {
        boolean local =
                facts.model().settings().getOrDefault("spark.master", "local").startsWith("local");
        String setting = local ? "spark.driver.memory" : "the nodes' --memory";
        return stage.sum(TaskMetric.SHUFFLE_READ_BYTES) > 0
                ? "give more memory ("
                        + setting
                        + "), or smaller partitions: spark.sql.shuffle.partitions above the "
                        + stage.tasks()
                        + " that there are"
                : "give more memory (" + setting + "), or select fewer columns before this step";
    }
}
