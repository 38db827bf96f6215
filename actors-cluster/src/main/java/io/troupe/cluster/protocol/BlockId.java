package io.troupe.cluster.protocol;

/// One partition of the output of one task attempt, as it lies in an executor's block store.
///
/// @param producer the task attempt that wrote it; its stage plays the part of a shuffle's identity
/// @param partition index of the output partition; results and broadcasts have only partition 0
public record BlockId(TaskAttemptId producer, int partition) {
    @Override
    public String toString() {
        return "output " + partition + " of " + producer;
    }
}
