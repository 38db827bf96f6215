package io.troupe.cluster.protocol;

/// One try to run one partition of one stage attempt. It also names the output that this try
/// produced, so outputs of different tries can never be mixed up.
///
/// @param stage the stage attempt that the try belongs to
/// @param partition the partition's index
/// @param attempt number of the try within its stage attempt, counted from 0
public record TaskAttemptId(StageAttempt stage, int partition, int attempt) {
    /// The task that this is a try of.
    public TaskId task() {
        return new TaskId(stage.stage(), partition);
    }

    @Override
    public String toString() {
        return "task " + partition + " (try " + attempt + ") of " + stage;
    }
}
