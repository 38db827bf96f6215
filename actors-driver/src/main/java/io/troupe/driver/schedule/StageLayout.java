package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.StageId;
import io.troupe.planner.stage.TaskSpec;
import java.util.List;

/// Divides a stage into tasks. Asked once, when the outputs of all input stages are there; later
/// attempts of the stage keep the answer.
@FunctionalInterface
public interface StageLayout {
    /// The tasks; the n-th has partition n.
    ///
    /// @param inputs what is known of the stage's inputs
    /// @param slots slots of all executors
    List<TaskSpec> tasks(Inputs inputs, int slots);

    /// What is known of finished stages.
    interface Inputs {
        /// Approximate bytes per output partition.
        long[] partitionBytes(StageId stage);

        /// Number of the stage's tasks, which is the number of its outputs.
        int producers(StageId stage);
    }
}
