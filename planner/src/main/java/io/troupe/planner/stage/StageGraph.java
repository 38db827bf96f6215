package io.troupe.planner.stage;

import java.util.ArrayList;
import java.util.List;

/// The stages of a query, each after those it reads; the last one is the result stage.
public record StageGraph(List<Stage> stages) {
    public StageGraph {
        stages = List.copyOf(stages);
    }

    public Stage result() {
        return stages.getLast();
    }

    /// The same, of which the result stage runs only the tasks of these partitions, in this order.
    public StageGraph of(List<Integer> partitions) {
        List<Stage> changed = new ArrayList<>(stages);
        changed.set(changed.size() - 1, result().of(partitions));
        return new StageGraph(changed);
    }

    /// What is known of the exchanges' sizes before anything runs: their numbers of partitions.
    public InputSizes sizes() {
        return new InputSizes() {
            @Override
            public long[] partitionBytes(int exchange) {
                for (Stage stage : stages) {
                    if (stage.id() == exchange && !stage.isResult()) {
                        return new long[stage.output().partitions()];
                    }
                }
                throw new IllegalArgumentException("there is no exchange " + exchange);
            }

            @Override
            public boolean measured() {
                return false;
            }

            @Override
            public int producers(int exchange) {
                throw new IllegalStateException(
                        "exchange " + exchange + " is not expected in the result stage");
            }

            @Override
            public int cachedPartitions(long cacheId) {
                throw new IllegalStateException("cached plan " + cacheId + " is not expected here");
            }
        };
    }
}
