package io.troupe.executor.task;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.stage.Stage;

/// The plan that a stage bundle carries: what to run, under which of the session's settings.
///
/// @param stage the stage, cut from the physical plan
/// @param settings settings fixed when the query was planned
/// @param toCaller whether the output is the result that the job's caller reads
public record StagePlan(Stage stage, QuerySettings settings, boolean toCaller) {}
