package io.troupe.planner.stage;

import java.util.List;

/// The stages of a query, each after those it reads; the last one is the result stage.
public record StageGraph(List<Stage> stages) {
    public StageGraph {
        stages = List.copyOf(stages);
    }

    public Stage result() {
        return stages.getLast();
    }
}
