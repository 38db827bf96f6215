package io.troupe.console.model;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a stage's tasks had to work on, partition by partition.
public final class Partitions {
    private Partitions() {}

    /// A partition that holds much.
    ///
    /// @param partition its number
    /// @param bytes that its task fetched, or read from files where it fetched none
    /// @param rows likewise
    /// @param runNanos how long its task ran
    /// @param key the key that most of its rows have, or empty where none is known
    /// @param keyShare an estimate of the share of its rows that have the key, 0 to 1
    public record Large(
            int partition, long bytes, long rows, long runNanos, String key, double keyShare) {}

    /// The largest partitions that were worked on, the largest first; empty where there are no two
    /// to compare.
    public static List<Large> largest(ApplicationModel model, StageModel stage, int most) {
        TaskTable table = stage.table();
        if (table.size() - table.failed() < 2) {
            return List.of();
        }
        boolean fetched = stage.sum(TaskMetric.SHUFFLE_READ_BYTES) > 0;
        TaskMetric bytes = fetched ? TaskMetric.SHUFFLE_READ_BYTES : TaskMetric.INPUT_BYTES;
        TaskMetric rows = fetched ? TaskMetric.SHUFFLE_READ_ROWS : TaskMetric.INPUT_ROWS;
        if (stage.sum(bytes) == 0) {
            return List.of();
        }
        int[] largest = table.largest(bytes, most);
        HeavyKey heavy = fetched ? HeavyKey.readBy(model, stage) : HeavyKey.NONE;
        return IntStream.range(0, largest.length)
                .mapToObj(place -> {
                    int row = largest[place];
                    long all = table.get(row, rows);
                    double share = place > 0 || all == 0 ? 0 : heavy.shareOf(all);
                    return new Large(
                            table.place(row).partition(),
                            table.get(row, bytes),
                            all,
                            table.get(row, TaskMetric.RUN),
                            share == 0 ? "" : heavy.text(),
                            share);
                })
                .toList();
    }

    /// A key that many rows of an exchange have.
    ///
    /// @param text its values
    /// @param rows an estimate of how many
    record HeavyKey(String text, long rows) {
        static final HeavyKey NONE = new HeavyKey("", 0);

        /// Below this share of a partition a key does not explain its size.
        private static final double LEAST = 0.3;

        /// The heaviest key of what a stage reads.
        static HeavyKey readBy(ApplicationModel model, StageModel stage) {
            JobModel job = model.job(stage.job());
            HeavyKey heaviest = NONE;
            if (job == null) {
                return heaviest;
            }
            for (JobModel.Stage declared : job.stages()) {
                if (declared.number() == stage.number()) {
                    for (StageModel writer : model.stagesOf(stage.query())) {
                        if (declared.inputs().contains(writer.stage())) {
                            heaviest = heaviest.or(writer.heavyKeys());
                        }
                    }
                }
            }
            return heaviest;
        }

        private HeavyKey or(Map<String, Long> others) {
            HeavyKey heaviest = this;
            for (Map.Entry<String, Long> other : others.entrySet()) {
                if (other.getValue() > heaviest.rows()) {
                    heaviest = new HeavyKey(other.getKey(), other.getValue());
                }
            }
            return heaviest;
        }

        private double shareOf(long partitionRows) {
            double share = Math.min(1, (double) rows / partitionRows);
            return share < LEAST ? 0 : share;
        }
    }
}
