package io.troupe.console.finding;

import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;

/// So many small tasks that starting them costs more than what they do.
final class TinyPartitionsRule implements Rule {
    private static final int LEAST_TASKS = 100;
    private static final long MOST_BYTES = 1L << 20;
    private static final long TASK_NANOS = 20_000_000L;

    @Override
    public String name() {
        return "tinyPartitions";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            long[] runs = stage.table().sorted(TaskMetric.RUN);
            long fetched = stage.sum(TaskMetric.SHUFFLE_READ_BYTES);
            if (runs.length >= LEAST_TASKS
                    && runs.length >= 4L * facts.slots()
                    && fetched > 0
                    && fetched / runs.length < MOST_BYTES
                    && runs[runs.length / 2] < TASK_NANOS) {
                found.add(finding(facts, stage, fetched));
            }
        }
        return found;
    }

    private Finding finding(QueryFacts facts, StageModel stage, long fetched) {
        long tasks = stage.succeeded();
        long fewer = Math.max(facts.slots(), fetched / (16 * MOST_BYTES) + 1);
        return Finding.ofStage(
                this,
                stage,
                (tasks - fewer) * (stage.sum(TaskMetric.SCHEDULING) / (double) tasks + 2e6),
                new Finding.Text(
                        "Tiny partitions: " + Words.count(tasks) + " tasks with little to do",
                        "Stage "
                                + stage.number()
                                + " divides "
                                + Words.bytes(fetched)
                                + " among "
                                + Words.count(tasks)
                                + " tasks, "
                                + Words.bytes(fetched / tasks)
                                + " each (below "
                                + Words.bytes(MOST_BYTES)
                                + "), half of them shorter than "
                                + Words.time(TASK_NANOS)
                                + ".",
                        "set spark.sql.shuffle.partitions to about " + Words.count(fewer)));
    }
}
