package io.troupe.console.rest;

import io.troupe.console.application.Applications;
import io.troupe.console.application.LogSummary;
import io.troupe.console.http.Answer;
import io.troupe.console.http.ClientError;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.StageModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The routes of `/api/v1`.
public final class SparkApi implements Section {
    private static final int ID = 3;
    private static final int KIND = 4;
    private static final int MOST_APPLICATIONS = 1000;
    private static final Set<String> WORDS =
            Set.of(
                    "version",
                    "openapi.json",
                    "applications",
                    "jobs",
                    "stages",
                    "taskSummary",
                    "taskList",
                    "executors",
                    "allexecutors",
                    "environment",
                    "sql",
                    "python",
                    "printed",
                    "storage",
                    "rdd");

    private final Applications applications;
    private final String version;

    /// @param version Troupe's own
    public SparkApi(Applications applications, String version) {
        this.applications = applications;
        this.version = version;
    }

    @Override
    public Optional<Answer> answer(Request request) throws IOException {
        List<String> path = request.path();
        if (path.size() < 3 || !path.get(0).equals("api") || !path.get(1).equals("v1")) {
            return Optional.empty();
        }
        return switch (shape(path, 2)) {
            case "version" -> Optional.of(Answer.json(Map.of("spark", version)));
            case "openapi.json" -> Optional.of(description());
            case "applications" -> Optional.of(Answer.json(list(request)));
            case "applications/#" ->
                    Optional.of(Answer.json(ApplicationAnswers.of(summary(path.get(ID)))));
            default -> path.get(2).equals("applications") ? within(request) : Optional.empty();
        };
    }

    /// The path from a place on, with `#` for what is no word of this interface.
    private static String shape(List<String> path, int from) {
        return path.stream()
                .skip(from)
                .map(segment -> WORDS.contains(segment) ? segment : "#")
                .collect(Collectors.joining("/"));
    }

    private static Answer description() throws IOException {
        try (InputStream in = SparkApi.class.getResourceAsStream("openapi.json")) {
            return Answer.text(
                    200,
                    "application/json; charset=utf-8",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private List<Map<String, Object>> list(Request request) throws IOException {
        String status = request.choice("status", List.of("running", "completed"));
        long limit = request.parameter("limit", MOST_APPLICATIONS, 0, MOST_APPLICATIONS);
        List<Map<String, Object>> answers = new ArrayList<>();
        for (LogSummary log : applications.list()) {
            boolean matches = status.isEmpty() || status.equals("running") == (log.ended() == 0);
            if (matches && answers.size() < limit) {
                answers.add(ApplicationAnswers.of(log));
            }
        }
        return answers;
    }

    private LogSummary summary(String id) throws IOException {
        for (LogSummary log : applications.list()) {
            if (log.id().equals(id)) {
                return log;
            }
        }
        throw ClientError.missing("application of that name");
    }

    private Optional<Answer> within(Request request) throws IOException {
        Optional<Optional<Object>> found =
                applications.read(
                        request.segment(ID), model -> Optional.ofNullable(part(model, request)));
        return found.orElseThrow(() -> ClientError.missing("application of that name"))
                .map(Answer::json);
    }

    /// Null where there is nothing at the address.
    private static Object part(ApplicationModel model, Request request) {
        return switch (shape(request.path(), KIND)) {
            case "jobs" -> JobAnswers.all(model, request.choice("status", JobAnswers.STATES));
            case "jobs/#" -> JobAnswers.of(model, job(model, request.number(5)));
            case "stages" -> StageAnswers.all(model, request.choice("status", StageAnswers.STATES));
            case "stages/#" -> StageAnswers.attempts(model, request.number(5));
            case "stages/#/#" -> StageAnswers.of(model, stage(model, request));
            case "stages/#/#/taskSummary" -> TaskAnswers.summary(stage(model, request), request);
            case "stages/#/#/taskList" -> TaskAnswers.list(model, stage(model, request), request);
            case "executors" -> ExecutorAnswers.all(model, false);
            case "allexecutors" -> ExecutorAnswers.all(model, true);
            case "environment" -> ApplicationAnswers.environment(model);
            case "sql" -> SqlAnswers.all(model, request);
            case "sql/#" -> SqlAnswers.one(model, request.number(5), request);
            case "storage/rdd" -> StorageAnswers.all(model);
            case "storage/rdd/#" -> StorageAnswers.one(model, request.number(6));
            case "python/printed" -> PrintedAnswers.all(model, request);
            default -> null;
        };
    }

    private static JobModel job(ApplicationModel model, long id) {
        JobModel job = model.job(id);
        if (job == null) {
            throw ClientError.missing("job " + id);
        }
        return job;
    }

    private static StageModel stage(ApplicationModel model, Request request) {
        return StageAnswers.find(model, request.number(5), request.number(6));
    }
}
