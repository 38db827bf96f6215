package io.troupe.console.finding;

import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import io.troupe.console.model.TaskTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One executor takes much longer for tasks than the others, though they are no larger.
final class StragglerRule implements Rule {
    private static final double TIMES = 2.5;
    private static final double MOST_BYTES = 1.5;
    private static final int LEAST_EXECUTORS = 3;
    private static final int LEAST_TASKS = 3;
    private static final long LEAST_NANOS = 1_000_000_000L;

    @Override
    public String name() {
        return "straggler";
    }

    /// What one executor did for a stage.
    private static final class Sum {
        private int tasks;
        private long nanos;
        private long bytes;

        private long mean() {
            return nanos / Math.max(1, tasks);
        }

        private long meanBytes() {
            return bytes / Math.max(1, tasks);
        }
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (StageModel stage : facts.stages()) {
            if (stage.succeeded() >= LEAST_EXECUTORS * LEAST_TASKS) {
                look(facts, stage, found);
            }
        }
        return found;
    }

    private void look(QueryFacts facts, StageModel stage, List<Finding> found) {
        List<ExecutorModel> executors = facts.model().executors();
        Sum[] sums = sums(stage.table(), executors.size());
        long[] means =
                Arrays.stream(sums)
                        .filter(s -> s.tasks > 0)
                        .mapToLong(Sum::mean)
                        .sorted()
                        .toArray();
        long[] bytes =
                Arrays.stream(sums)
                        .filter(s -> s.tasks > 0)
                        .mapToLong(Sum::meanBytes)
                        .sorted()
                        .toArray();
        if (means.length < LEAST_EXECUTORS) {
            return;
        }
        long middle = means[(means.length - 1) / 2];
        long middleBytes = bytes[(bytes.length - 1) / 2];
        for (int e = 0; e < sums.length; e++) {
            Sum sum = sums[e];
            long lost = sum.nanos - sum.tasks * middle;
            if (sum.tasks >= LEAST_TASKS
                    && sum.mean() >= TIMES * middle
                    && lost >= LEAST_NANOS
                    && sum.meanBytes() <= MOST_BYTES * middleBytes) {
                found.add(finding(stage, executors.get(e), sum, middle));
            }
        }
    }

    private static Sum[] sums(TaskTable table, int executors) {
        Sum[] sums = new Sum[executors];
        Arrays.setAll(sums, e -> new Sum());
        for (int row = 0; row < table.size(); row++) {
            if (table.failure(row) == null) {
                Sum sum = sums[table.place(row).executor()];
                sum.tasks++;
                sum.nanos += table.get(row, TaskMetric.RUN);
                sum.bytes +=
                        table.get(row, TaskMetric.INPUT_BYTES)
                                + table.get(row, TaskMetric.SHUFFLE_READ_BYTES);
            }
        }
        return sums;
    }

    private Finding finding(StageModel stage, ExecutorModel executor, Sum sum, long middle) {
        return Finding.ofStage(
                this,
                stage,
                sum.nanos - (double) sum.tasks * middle,
                new Finding.Text(
                        "Straggler: " + executor.id() + " on " + executor.host() + " is slow",
                        "Its "
                                + Words.count(sum.tasks)
                                + " tasks of stage "
                                + stage.number()
                                + " took "
                                + Words.time(sum.mean())
                                + " each, "
                                + Words.times((double) sum.mean() / Math.max(1, middle))
                                + " the others' "
                                + Words.time(middle)
                                + ", with no more data.",
                        "look at what else runs on "
                                + executor.host()
                                + " and at its disks, or let spark.speculation=true copy its slow tasks elsewhere"));
    }
}
