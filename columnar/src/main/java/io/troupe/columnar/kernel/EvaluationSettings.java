package io.troupe.columnar.kernel;

import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.Map;

/// What an evaluation may know of its session and task. `now` is the query's timestamp in
/// microseconds since the epoch; `partition` the task's partition, 0 outside tasks; `conf` holds
/// further Spark settings by name.
public record EvaluationSettings(
        boolean ansi,
        ZoneId zone,
        long now,
        String user,
        String database,
        int partition,
        Map<String, String> conf) {
    public static final EvaluationSettings DEFAULT =
            new EvaluationSettings(true, ZoneId.of("UTC"), 0, "", "default", 0, Map.of());

    public EvaluationSettings {
        conf = Map.copyOf(conf);
    }

    public EvaluationSettings withPartition(int partition) {
        return new EvaluationSettings(ansi, zone, now, user, database, partition, conf);
    }

    public EvaluationSettings withAnsi(boolean ansi) {
        return new EvaluationSettings(ansi, zone, now, user, database, partition, conf);
    }

    public String conf(String name, String otherwise) {
        return conf.getOrDefault(name, otherwise);
    }

    /// A zone by any id that Spark takes: region, `Z`, `UTC+1`, `+1:00`, `-08:30`, `EST`.
    public static ZoneId zone(String id) {
        try {
            String text =
                    id.replaceFirst("^([+-])(\\d):", "$10$2:")
                            .replaceFirst("^([+-]\\d\\d):(\\d)$", "$1:0$2");
            return ZoneId.of(text, ZoneId.SHORT_IDS).normalized()
                            instanceof java.time.ZoneOffset offset
                    ? offset.equals(java.time.ZoneOffset.UTC) && !text.startsWith("+")
                            ? ZoneId.of("UTC")
                            : offset
                    : ZoneId.of(text, ZoneId.SHORT_IDS);
        } catch (ZoneRulesException e) {
            throw unknown(id, e);
        } catch (java.time.DateTimeException e) {
            throw unknown(id, e);
        }
    }

    private static RuntimeException unknown(String id, Exception cause) {
        RuntimeException failure = Failures.dateTime("INVALID_TIMEZONE", "timeZone", id);
        failure.initCause(cause);
        return failure;
    }
}
