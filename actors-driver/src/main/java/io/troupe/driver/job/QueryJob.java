package io.troupe.driver.job;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.stage.StageGraph;
import java.util.Map;

/// A query to run. `description` is for people (the user's line), `properties` are the job group,
/// pool and other local properties of the submitting thread (`spark.jobGroup.id`,
/// `spark.scheduler.pool` …).
public record QueryJob(
        long queryId,
        StageGraph graph,
        QuerySettings settings,
        String description,
        Map<String, String> properties) {
    public QueryJob {
        properties = Map.copyOf(properties);
    }
}
