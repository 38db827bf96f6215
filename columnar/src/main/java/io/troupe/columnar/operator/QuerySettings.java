package io.troupe.columnar.operator;

import java.util.Map;

/// Settings of the session that change results or behaviour of a query, fixed when it is planned.
/// `timeZone` is a zone id; `now` is the query's current timestamp in microseconds since the epoch;
/// `conf` holds further Spark settings by name.
public record QuerySettings(
        boolean ansi,
        String timeZone,
        long now,
        String user,
        String database,
        Map<String, String> conf) {
    public QuerySettings {
        conf = Map.copyOf(conf);
    }
}
