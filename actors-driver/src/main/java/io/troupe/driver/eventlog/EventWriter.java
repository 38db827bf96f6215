package io.troupe.driver.eventlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.schedule.StageSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/// Writes events as JSON, one line each.
final class EventWriter {
    /// Raised when a field changes its meaning or goes; new fields and events do not raise it.
    static final int SCHEMA = 2;

    private static final int MAX_TEXT = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private EventWriter() {}

    /// The line of an event, without its end.
    ///
    /// @param time milliseconds since the epoch
    static String line(long time, Event event) throws IOException {
        Writer text = new StringWriter(256);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("event", name(event));
            out.writeNumberField("time", time);
            fields(out, time, event);
            out.writeEndObject();
        }
        return text.toString();
    }

    private static String name(Event event) {
        String simple = event.getClass().getSimpleName();
        return simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
    }

    private static void fields(JsonGenerator out, long time, Event event) throws IOException {
        switch (event) {
            case Event.ApplicationStarted e -> {
                out.writeNumberField("schema", SCHEMA);
                out.writeStringField("application", e.application());
                out.writeStringField("version", e.version());
                out.writeObjectFieldStart("settings");
                for (Map.Entry<String, String> setting : e.settings().entrySet()) {
                    out.writeStringField(
                            setting.getKey(), Redaction.of(setting.getKey(), setting.getValue()));
                }
                out.writeEndObject();
                out.writeStringField("user", e.system().getOrDefault("user", ""));
                out.writeObjectFieldStart("system");
                for (Map.Entry<String, String> fact : e.system().entrySet()) {
                    out.writeStringField(fact.getKey(), fact.getValue());
                }
                out.writeEndObject();
            }
            case Event.ApplicationEnded e -> out.writeNumberField("dropped", e.dropped());
            case Event.Closing _, Event.Flush _ -> {}
            case Event.Running e -> running(out, e.counts());
            case Event.CacheFilled e -> {
                out.writeNumberField("cache", e.cache());
                out.writeStringField("level", e.level());
                out.writeStringField("description", cut(e.description()));
            }
            case Event.CacheDropped e -> out.writeNumberField("cache", e.cache());
            case Event.QueryPlanned e -> QueryWriter.write(out, e.query(), e.details().get());
            case Event.JobStarted e -> jobStarted(out, e);
            case Event.JobEnded e -> {
                out.writeNumberField("job", e.job().value());
                failure(out, e.failure());
            }
            case Event.StageStarted e -> {
                stage(out, e.stage());
                out.writeNumberField("job", e.job().value());
                out.writeNumberField("tasks", e.tasks());
            }
            case Event.StageDone e -> stage(out, e.stage());
            case Event.StageCancelled e -> {
                stage(out, e.stage());
                out.writeStringField("reason", cut(e.reason()));
            }
            case Event.TaskEnded e -> taskEnded(out, time, e);
            case Event.ExecutorJoined e -> {
                out.writeStringField("executor", e.executor().id().value());
                out.writeStringField("host", e.executor().address().host());
                out.writeNumberField("slots", e.executor().slots());
                out.writeNumberField("memory", e.executor().memory());
                out.writeStringField("python", e.executor().python());
            }
            case Event.ExecutorLost e -> {
                out.writeStringField("executor", e.executor().value());
                out.writeStringField("reason", cut(e.reason()));
            }
        }
    }

    private static void jobStarted(JsonGenerator out, Event.JobStarted e) throws IOException {
        out.writeNumberField("job", e.job().id().value());
        out.writeNumberField("query", e.job().target().query().value());
        out.writeStringField("description", cut(e.job().description()));
        out.writeArrayFieldStart("stages");
        for (StageSpec stage : e.job().stages()) {
            out.writeStartObject();
            out.writeNumberField("query", stage.id().query().value());
            out.writeNumberField("stage", stage.id().number());
            out.writeBooleanField("result", stage.isResult());
            out.writeNumberField("outputPartitions", stage.outputPartitions());
            out.writeArrayFieldStart("inputs");
            for (var input : stage.inputs()) {
                out.writeNumber(input.number());
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void taskEnded(JsonGenerator out, long time, Event.TaskEnded e)
            throws IOException {
        stage(out, e.task().stage());
        out.writeNumberField("partition", e.task().partition());
        out.writeNumberField("try", e.task().attempt());
        out.writeStringField("executor", e.executor().value());
        long started = time - e.metrics().runNanos() / 1_000_000;
        if (e.launched() > 0) {
            out.writeNumberField("launched", Math.min(e.launched(), started));
        }
        out.writeNumberField("started", started);
        out.writeNumberField("runNanos", e.metrics().runNanos());
        out.writeNumberField("cpuNanos", e.metrics().cpuNanos());
        out.writeObjectFieldStart("metrics");
        for (Map.Entry<String, Long> counter : e.metrics().counters().entrySet()) {
            out.writeNumberField(counter.getKey(), counter.getValue());
        }
        out.writeEndObject();
        if (!e.metrics().printed().isEmpty()) {
            out.writeStringField("printed", e.metrics().printed());
        }
        if (!e.metrics().stacks().isEmpty()) {
            out.writeObjectFieldStart("stacks");
            for (Map.Entry<String, Long> stack : e.metrics().stacks().entrySet()) {
                out.writeNumberField(stack.getKey(), stack.getValue());
            }
            out.writeEndObject();
        }
        failure(out, e.failure());
    }

    private static void running(JsonGenerator out, Launches.Counts counts) throws IOException {
        out.writeArrayFieldStart("stages");
        for (Map.Entry<StageAttempt, Integer> stage : counts.stages().entrySet()) {
            out.writeStartObject();
            stage(out, stage.getKey());
            out.writeNumberField("running", stage.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("executors");
        for (Map.Entry<ExecutorId, Integer> executor : counts.executors().entrySet()) {
            out.writeNumberField(executor.getKey().value(), executor.getValue());
        }
        out.writeEndObject();
    }

    private static void stage(JsonGenerator out, StageAttempt stage) throws IOException {
        out.writeNumberField("query", stage.stage().query().value());
        out.writeNumberField("stage", stage.stage().number());
        out.writeNumberField("attempt", stage.attempt());
    }

    private static void failure(JsonGenerator out, TaskFailure failure) throws IOException {
        if (failure != null) {
            out.writeObjectFieldStart("failure");
            out.writeStringField("type", failure.getClass().getSimpleName());
            out.writeStringField("message", cut(failure.message()));
            if (failure instanceof TaskFailure.TaskError error) {
                out.writeStringField("condition", error.condition());
                out.writeStringField("pythonTraceback", cut(error.pythonTraceback()));
            }
            out.writeEndObject();
        }
    }

    /// The text, cut where it is too long for a log.
    static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
