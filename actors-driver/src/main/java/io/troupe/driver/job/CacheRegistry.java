package io.troupe.driver.job;

import io.troupe.planner.stage.StageGraph;

/// Cached plans: where their partitions are. A partition that was lost with its executor is made
/// again from its plan.
public interface CacheRegistry {
    /// Makes the plan's result present (all partitions) by running `graph` with its result kept
    /// under `cacheId`; returns the number of partitions. Does nothing when it is present already.
    int materialise(long cacheId, StageGraph graph, QueryJob context, String storageLevel);

    boolean isPresent(long cacheId);

    int partitions(long cacheId);

    void drop(long cacheId);
}
