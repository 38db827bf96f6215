package io.troupe.columnar.operator;

import java.util.HashMap;
import java.util.Map;

/// Settings of the session that change results or behaviour of a query, fixed when it is planned.
/// `timeZone` is a zone id; `now` is the query's current timestamp in microseconds since the epoch;
/// `conf` holds further Spark settings by name, and the properties of the job
/// (`SparkContext.setLocalProperty`) by their names after [#JOB_PROPERTY].
public record QuerySettings(
        boolean ansi,
        String timeZone,
        long now,
        String user,
        String database,
        Map<String, String> conf) {
    public static final String JOB_PROPERTY = "job:";

    public QuerySettings {
        conf = Map.copyOf(conf);
    }

    /// The properties of the job by name.
    public Map<String, String> jobProperties() {
        Map<String, String> properties = new HashMap<>();
        conf.forEach((key, value) -> {
            if (key.startsWith(JOB_PROPERTY)) {
                properties.put(key.substring(JOB_PROPERTY.length()), value);
            }
        });
        return properties;
    }
}
