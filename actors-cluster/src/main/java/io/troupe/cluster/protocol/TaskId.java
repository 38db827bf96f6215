package io.troupe.cluster.protocol;

/// A task: one partition of a stage, whatever the attempt.
///
/// @param stage the stage
/// @param partition the partition's index, counted from 0
public record TaskId(StageId stage, int partition) {}
