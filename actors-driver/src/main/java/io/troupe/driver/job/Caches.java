package io.troupe.driver.job;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.planner.stage.StageGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Cached plans are stages of queries of their own whose outputs are kept; a query that reads one
/// has its stages among its own, so that lost parts are made again as any lost output is.
final class Caches implements CacheRegistry {
    private final ActorJobRunner runner;
    private final Map<Long, Cached> cached = new ConcurrentHashMap<>();

    private record Cached(PlannedJob plan, int partitions) {}

    Caches(ActorJobRunner runner) {
        this.runner = runner;
    }

    @Override
    public int materialise(long cacheId, StageGraph graph, QueryJob context, String storageLevel) {
        Cached known = cached.get(cacheId);
        if (known != null) {
            return known.partitions();
        }
        PlannedJob plan =
                new PlannedJob(
                        QueryId.ofCache(cacheId),
                        graph,
                        context.settings(),
                        false,
                        plansReadBy(graph));
        try (ActorJobHandle handle = runner.start(plan, context, true)) {
            handle.await();
        }
        int partitions = runner.describe(plan.target()).tasks();
        cached.put(cacheId, new Cached(plan, partitions));
        return partitions;
    }

    /// The cached plans that a graph reads, by cache id.
    ///
    /// @throws IllegalStateException if one was dropped
    Map<Long, PlannedJob> plansReadBy(StageGraph graph) {
        Map<Long, PlannedJob> plans = new LinkedHashMap<>();
        for (long id : StageSpecs.cachesOf(graph)) {
            Cached known = cached.get(id);
            if (known == null) {
                throw new IllegalStateException(
                        "cached plan " + id + " was dropped while a query was planned over it");
            }
            plans.put(id, known.plan());
        }
        return plans;
    }

    @Override
    public boolean isPresent(long cacheId) {
        return cached.containsKey(cacheId);
    }

    @Override
    public int partitions(long cacheId) {
        Cached known = cached.get(cacheId);
        return known == null ? 0 : known.partitions();
    }

    @Override
    public void drop(long cacheId) {
        if (cached.remove(cacheId) != null) {
            runner.release(QueryId.ofCache(cacheId));
        }
    }
}
