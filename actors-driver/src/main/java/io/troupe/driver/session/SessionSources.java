package io.troupe.driver.session;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.StructType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The application's sources under the settings of a session: options that a reader leaves out are
/// the session's.
final class SessionSources implements Sources {
    /// Options and the settings that they default to.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "timezone", "spark.sql.session.timeZone",
                    "mergeschema", "spark.sql.parquet.mergeSchema",
                    "columnnameofcorruptrecord", "spark.sql.columnNameOfCorruptRecord");

    private final Sources sources;
    private final SessionConf conf;

    SessionSources(Sources sources, SessionConf conf) {
        this.sources = sources;
        this.conf = conf;
    }

    @Override
    public FileRelation open(
            String format, List<String> paths, Map<String, String> options, StructType schema) {
        Map<String, String> complete = new LinkedHashMap<>(options);
        SETTINGS.forEach((option, setting) -> {
            String value = conf.get(setting);
            if (value != null) {
                complete.putIfAbsent(option, value);
            }
        });
        return sources.open(format, paths, complete, schema);
    }

    @Override
    public TableStatistics statistics(FileRelation relation) {
        return sources.statistics(relation);
    }
}
