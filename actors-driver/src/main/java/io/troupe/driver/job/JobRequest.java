package io.troupe.driver.job;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.stage.StageGraph;
import java.util.List;
import java.util.Map;

/// What the session layer wants run.
///
/// @param query the query that the stages belong to, from [JobRunner#newQuery()]. Requests of the same query share
///     stages by number: what is done already is not run again
/// @param graph the stages; the last one is the target. A target that is no result stage has its outputs made and kept
/// @param settings the session's settings when the query was planned
/// @param caches cached plans that the stages read
/// @param group the user's job group, for cancellation; may be empty
/// @param description for progress and log; may be empty
/// @param keep whether the query stays when the handle is closed; whoever keeps it calls [JobRunner#release]
public record JobRequest(
        QueryId query,
        StageGraph graph,
        QuerySettings settings,
        Map<Long, CachedPlan> caches,
        String group,
        String description,
        boolean keep) {
    /// A query of its own that reads no cached data and goes when its handle is closed.
    public static JobRequest of(QueryId query, StageGraph graph, QuerySettings settings) {
        return new JobRequest(query, graph, settings, Map.of(), "", "", false);
    }

    /// A cached plan: the outputs of a stage of another query, one partition per task. It is made by a request whose
    /// query number is the cache's id, whose last stage has a single-partition output, and which is kept.
    ///
    /// @param stage the stage
    /// @param graph the stages that make it, to make lost parts again
    /// @param settings the settings under which they were planned
    public record CachedPlan(StageId stage, StageGraph graph, QuerySettings settings) {}

    /// Copies the caches.
    public JobRequest {
        caches = Map.copyOf(caches);
    }

    /// Names of the request's cached plans, for messages.
    List<Long> cacheIds() {
        return caches.keySet().stream().sorted().toList();
    }
}
