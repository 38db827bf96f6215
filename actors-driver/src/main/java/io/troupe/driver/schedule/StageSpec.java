package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.StageId;
import java.util.List;

/// A stage as the scheduler sees it.
///
/// @param id its identity
/// @param plan what executors run, opaque here
/// @param outputPartitions partitions of each task's output
/// @param isResult whether its outputs go to the job's caller
/// @param deterministic whether a task that runs again writes the same rows to the same partitions
/// @param inputs the stages whose outputs it reads
/// @param layout lays out its tasks once all inputs are there
public record StageSpec(
        StageId id,
        Object plan,
        int outputPartitions,
        boolean isResult,
        boolean deterministic,
        List<StageId> inputs,
        StageLayout layout) {
    /// Copies the inputs.
    public StageSpec {
        inputs = List.copyOf(inputs);
    }
}
