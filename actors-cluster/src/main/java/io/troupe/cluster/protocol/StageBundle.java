package io.troupe.cluster.protocol;

import io.troupe.planner.stage.TaskSpec;
import java.util.List;
import java.util.Map;

/// All that an executor must know to run tasks of one stage attempt. It travels to each executor
/// once; the messages that start tasks only name it.
///
/// @param stage the stage attempt
/// @param plan the stage's plan, a type that the executor's task runner understands
/// @param outputPartitions partitions that each task's output is divided into; 1 for results and
///   broadcasts
/// @param inputs locations of what the stage reads, one per producing stage
/// @param largeTasks the tasks whose inputs are too many for a message, by partition
public record StageBundle(
        StageAttempt stage,
        Object plan,
        int outputPartitions,
        List<InputLocations> inputs,
        Map<Integer, TaskSpec> largeTasks) {
    /// Locations of the outputs of one producer.
    ///
    /// @throws IllegalArgumentException if the stage does not read that producer
    public InputLocations input(StageId producer) {
        for (InputLocations input : inputs) {
            if (input.producer().equals(producer)) {
                return input;
            }
        }
        throw new IllegalArgumentException(stage + " does not read " + producer);
    }
}
