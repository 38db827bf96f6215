package io.troupe.console.rest;

import io.troupe.console.application.LogSummary;
import io.troupe.console.model.ApplicationModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Applications, their environment and their version.
final class ApplicationAnswers {
    private ApplicationAnswers() {}

    static Map<String, Object> of(LogSummary log) {
        long end = log.ended() == 0 ? log.updated() : log.ended();
        Fields attempt =
                new Fields()
                        .put("startTime", Fields.time(log.started()))
                        .put("endTime", log.ended() == 0 ? Fields.time(-1) : Fields.time(end))
                        .put("lastUpdated", Fields.time(log.updated()))
                        .put("duration", Math.max(0, end - log.started()))
                        .put("sparkUser", log.user())
                        .put("completed", log.ended() != 0)
                        .put("appSparkVersion", log.version())
                        .put("startTimeEpoch", log.started())
                        .put("endTimeEpoch", log.ended() == 0 ? -1 : end)
                        .put("lastUpdatedEpoch", log.updated());
        return new Fields()
                .put("id", log.id())
                .put("name", log.name())
                .put("attempts", List.of(attempt.done()))
                .done();
    }

    static Map<String, Object> environment(ApplicationModel model) {
        List<List<String>> spark = new ArrayList<>();
        List<List<String>> system = new ArrayList<>();
        model.settings().forEach((name, value) -> spark.add(List.of(name, value)));
        model.system().forEach((name, value) -> system.add(List.of(name, value)));
        Map<String, String> runtime = model.system();
        return new Fields()
                .put(
                        "runtime",
                        new Fields()
                                .put("javaVersion", runtime.getOrDefault("java.version", ""))
                                .put("javaHome", runtime.getOrDefault("java.home", ""))
                                .put("scalaVersion", "")
                                .done())
                .put("sparkProperties", spark)
                .put("hadoopProperties", List.of())
                .put("systemProperties", system)
                .put("metricsProperties", List.of())
                .put("classpathEntries", List.of())
                .put("resourceProfiles", List.of())
                .done();
    }
}
