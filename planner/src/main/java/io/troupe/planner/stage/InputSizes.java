package io.troupe.planner.stage;

/// What is known about a stage's inputs when its tasks are laid out: all its input stages are done.
public interface InputSizes {
    /// Bytes per reduce partition of a finished exchange; the length is the number of partitions.
    long[] partitionBytes(int exchange);

    /// Partitions of a cached plan.
    int cachedPartitions(long cacheId);
}
