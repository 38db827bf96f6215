package io.troupe.driver.job;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.stage.StageGraph;
import java.util.Map;

/// A query with the cached plans that it reads.
///
/// @param query whose stages they are
/// @param graph the stages; the last one is the target
/// @param settings the session's settings when the query was planned
/// @param toCaller whether the target's output is a result that the caller reads, or is kept
/// @param caches cached plans that the stages read, or that those read, by cache id
record PlannedJob(
        QueryId query,
        StageGraph graph,
        QuerySettings settings,
        boolean toCaller,
        Map<Long, PlannedJob> caches) {
    /// The stage to be done.
    StageId target() {
        return new StageId(query, graph.result().id());
    }
}
