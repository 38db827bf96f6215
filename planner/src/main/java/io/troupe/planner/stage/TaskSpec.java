package io.troupe.planner.stage;

import java.util.List;

/// One task of a stage: its partition number (from 0) and its inputs.
public record TaskSpec(int partition, List<LeafInput> inputs) {
    public TaskSpec {
        inputs = List.copyOf(inputs);
    }
}
