package io.troupe.planner.stage;

import java.util.List;

/// One task of a stage.
///
/// @param partition its number among the stage's tasks, from 0
/// @param share the number of its part of the stage's input; another one than `partition` where an
///   action computes only some parts
public record TaskSpec(int partition, int share, List<LeafInput> inputs) {
    public TaskSpec {
        inputs = List.copyOf(inputs);
    }

    /// A task of a stage that computes all parts.
    public TaskSpec(int partition, List<LeafInput> inputs) {
        this(partition, partition, inputs);
    }
}
