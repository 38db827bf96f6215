package io.troupe.console.finding;

import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;

/// Fewer tasks than cores, each with much to do: cores stand idle.
final class HugePartitionsRule implements Rule {
    private static final long LEAST_BYTES = 256L << 20;
    private static final long LEAST_NANOS = 2_000_000_000L;

    @Override
    public String name() {
        return "hugePartitions";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            long tasks = stage.succeeded();
            long bytes =
                    stage.sum(TaskMetric.SHUFFLE_READ_BYTES) + stage.sum(TaskMetric.INPUT_BYTES);
            if (tasks > 0
                    && tasks == stage.tasks()
                    && bytes / tasks >= LEAST_BYTES
                    && (tasks < facts.slots() || bytes / tasks >= 8 * LEAST_BYTES)
                    && stage.sum(TaskMetric.RUN) / tasks >= LEAST_NANOS) {
                found.add(finding(facts, stage, bytes / tasks));
            }
        }
        return found;
    }

    private Finding finding(QueryFacts facts, StageModel stage, long each) {
        int tasks = stage.succeeded();
        double nanos = stage.sum(TaskMetric.RUN);
        double idle = Math.max(0.1, 1 - (double) tasks / facts.slots());
        long wanted = Math.max(2L * facts.slots(), tasks * (each / LEAST_BYTES + 1));
        return Finding.ofStage(
                this,
                stage,
                nanos * idle / tasks,
                new Finding.Text(
                        "Huge partitions: " + Words.bytes(each) + " for one task",
                        "Stage "
                                + stage.number()
                                + " has "
                                + Words.count(tasks)
                                + " tasks for "
                                + facts.slots()
                                + " cores, each with "
                                + Words.bytes(each)
                                + " ("
                                + Words.bytes(LEAST_BYTES)
                                + " or more is told) and "
                                + Words.time((long) nanos / tasks)
                                + ".",
                        "divide it further: repartition("
                                + wanted
                                + ") before this step, or spark.sql.shuffle.partitions="
                                + wanted));
    }
}
