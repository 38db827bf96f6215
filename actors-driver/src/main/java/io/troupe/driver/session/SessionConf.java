package io.troupe.driver.session;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.error.TroupeException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The settings of one session: what was set, over defaults.
public final class SessionConf {
    /// Settings that are read when the JVM or the executors start, and cannot change any more.
    private static final Set<String> FIXED =
            Set.of(
                    "spark.driver.memory",
                    "spark.executor.memory",
                    "spark.executor.cores",
                    "spark.master",
                    "spark.app.name",
                    "spark.sql.warehouse.dir");

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("spark.sql.ansi.enabled", "true"),
                    Map.entry("spark.sql.caseSensitive", "false"),
                    Map.entry("spark.sql.shuffle.partitions", "200"),
                    Map.entry("spark.sql.autoBroadcastJoinThreshold", "10485760b"),
                    Map.entry("spark.sql.adaptive.enabled", "true"),
                    Map.entry("spark.sql.execution.arrow.pyspark.enabled", "true"),
                    Map.entry("spark.sql.execution.arrow.maxRecordsPerBatch", "10000"),
                    Map.entry("spark.sql.execution.pythonUDF.arrow.enabled", "true"),
                    Map.entry("spark.sql.repl.eagerEval.enabled", "false"),
                    Map.entry("spark.sql.repl.eagerEval.maxNumRows", "20"),
                    Map.entry("spark.sql.repl.eagerEval.truncate", "20"),
                    Map.entry("spark.sql.sources.default", "parquet"),
                    Map.entry("spark.sql.parquet.compression.codec", "snappy"),
                    Map.entry("spark.sql.warehouse.dir", "spark-warehouse"),
                    Map.entry("spark.sql.crossJoin.enabled", "true"),
                    Map.entry(QueryCompiler.COALESCE, "true"),
                    Map.entry(QueryCompiler.TRANSLATE, "true"));

    private final Map<String, String> values = new ConcurrentHashMap<>();

    public SessionConf(Map<String, String> initial) {
        values.putAll(initial);
    }

    /// What was set, without defaults.
    Map<String, String> explicit() {
        return Map.copyOf(values);
    }

    /// The setting's value, its default, or null.
    public String get(String key) {
        String value = values.get(key);
        if (value != null) {
            return value;
        }
        return key.equals("spark.sql.session.timeZone") ? systemZone() : DEFAULTS.get(key);
    }

    public String get(String key, String otherwise) {
        String value = get(key);
        return value == null ? otherwise : value;
    }

    public boolean flag(String key) {
        return "true".equalsIgnoreCase(get(key));
    }

    public boolean isModifiable(String key) {
        return !FIXED.contains(key);
    }

    public void set(String key, String value) {
        if (!isModifiable(key)) {
            throw TroupeException.analysis(
                    key.startsWith("spark.sql.")
                            ? "CANNOT_MODIFY_STATIC_CONFIG"
                            : "CANNOT_MODIFY_CONFIG",
                    "46110",
                    "Cannot modify the value of the Spark config: \""
                            + key
                            + "\". It is read when the application starts: set it in the builder of the first session, or with --conf.",
                    Map.of("key", "\"" + key + "\""));
        }
        check(key, value);
        values.put(key, value);
    }

    public void unset(String key) {
        values.remove(key);
    }

    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.put("spark.sql.session.timeZone", systemZone());
        all.putAll(values);
        return new LinkedHashMap<>(all);
    }

    private static void check(String key, String value) {
        switch (key) {
            case "spark.sql.session.timeZone" -> {
                try {
                    zone(value);
                } catch (DateTimeException e) {
                    throw bad(key, value, "TIME_ZONE", "Cannot resolve the given timezone.");
                }
            }
            case "spark.sql.ansi.enabled",
                    QueryCompiler.TRANSLATE,
                    QueryCompiler.COALESCE,
                    "spark.sql.caseSensitive",
                    "spark.sql.adaptive.enabled" -> {
                if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                    throw bad(key, value, "TYPE_MISMATCH", "It should be a/an BOOLEAN value.");
                }
            }
            case "spark.sql.shuffle.partitions" -> {
                if (!value.matches("[1-9][0-9]{0,8}")) {
                    boolean number = value.matches("[-+]?[0-9]{1,9}");
                    throw number
                            ? bad(
                                    key,
                                    value,
                                    "REQUIREMENT",
                                    "The value of " + key + " must be positive.")
                            : bad(key, value, "TYPE_MISMATCH", "It should be a/an INT value.");
                }
            }
            default -> {}
        }
    }

    private static TroupeException bad(String key, String value, String kind, String reason) {
        return new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "INVALID_CONF_VALUE." + kind,
                "22022",
                "The value '" + value + "' in the config \"" + key + "\" is invalid. " + reason,
                Map.of("confName", key, "confValue", value));
    }

    static ZoneId zone(String name) {
        return ZoneId.of(name, ZoneId.SHORT_IDS);
    }

    private static String systemZone() {
        String zone = System.getenv("TZ");
        return zone != null && !zone.isBlank()
                ? zone.replaceFirst("^:", "")
                : ZoneId.systemDefault().getId();
    }

    /// The settings that a query keeps while it runs.
    public QuerySettings querySettings(String database) {
        long now = System.currentTimeMillis() * 1000;
        Map<String, String> conf = new HashMap<>(values);
        JobProperties.current()
                .forEach((key, value) -> conf.put(QuerySettings.JOB_PROPERTY + key, value));
        return new QuerySettings(
                flag("spark.sql.ansi.enabled"),
                zone(get("spark.sql.session.timeZone")).getId(),
                now,
                System.getProperty("user.name", "unknown"),
                database,
                conf);
    }
}
