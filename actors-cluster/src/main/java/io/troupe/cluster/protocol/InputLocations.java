package io.troupe.cluster.protocol;

import java.util.List;

/// Where the outputs of one producing stage lie, fixed for one attempt of the consuming stage. A
/// consumer that finds a location stale fails with a fetch failure, and the next attempt gets new
/// locations.
///
/// The arrays are indexed by the producer's partition and are never changed after construction.
///
/// @param producer the stage that wrote the outputs
/// @param executors the executors that hold at least one output
/// @param holder per producer partition, index into `executors`
/// @param stageAttempts per producer partition, the stage attempt that wrote the registered output
/// @param attempts per producer partition, the task's try that wrote the registered output
/// @param filled which blocks have anything in them
public record InputLocations(
        StageId producer,
        List<ExecutorAddress> executors,
        int[] holder,
        int[] stageAttempts,
        int[] attempts,
        FilledBlocks filled) {
    /// Number of the producer's partitions.
    public int partitions() {
        return holder.length;
    }

    /// The task attempt whose output is to be read for a partition of the producer.
    public TaskAttemptId output(int partition) {
        return new TaskAttemptId(
                new StageAttempt(producer, stageAttempts[partition]),
                partition,
                attempts[partition]);
    }

    /// The executor that holds the output of a partition of the producer.
    public ExecutorAddress holderOf(int partition) {
        return executors.get(holder[partition]);
    }
}
