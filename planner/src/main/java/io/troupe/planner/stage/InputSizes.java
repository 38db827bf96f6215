package io.troupe.planner.stage;

/// What is known about a stage's inputs when its tasks are laid out: all its input stages are done.
public interface InputSizes {
    /// Whether sizes are known: false while only the numbers of partitions are.
    boolean measured();

    /// Tasks that wrote a finished exchange.
    int producers(int exchange);

    /// Bytes per reduce partition of a finished exchange; the length is the number of partitions.
    long[] partitionBytes(int exchange);

    /// Partitions of a cached plan.
    int cachedPartitions(long cacheId);
}
