package io.troupe.driver.job;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.setting.Quantity;
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
    /// Local property: how long a job may take.
    public static final String DEADLINE = "spark.troupe.job.deadline";

    public QueryJob {
        properties = Map.copyOf(properties);
    }

    /// The pool whose slots the job shares.
    String pool() {
        String pool = properties.getOrDefault("spark.scheduler.pool", "");
        return pool.isEmpty() ? SchedulingPolicy.Pool.DEFAULT : pool;
    }

    /// Milliseconds after which the job is cancelled; 0 for no limit.
    long deadlineMillis() {
        String text = properties.getOrDefault(DEADLINE, "");
        return text.isEmpty() ? 0 : Quantity.TIME.of(DEADLINE, text);
    }
}
