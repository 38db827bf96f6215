package io.troupe.console.page;

import io.troupe.console.application.Applications;
import io.troupe.console.http.Answer;
import io.troupe.console.http.ClientError;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.CacheModel;
import io.troupe.console.model.CachedBlocks;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The routes of `/pages`: what the console's own pages show.
public final class Pages implements Section {
    private final Applications applications;

    public Pages(Applications applications) {
        this.applications = applications;
    }

    @Override
    public Optional<Answer> answer(Request request) throws IOException {
        List<String> path = request.path();
        if (path.size() < 2 || !path.getFirst().equals("pages")) {
            return Optional.empty();
        }
        if (path.size() == 2 && path.get(1).equals("applications")) {
            return Optional.of(
                    Answer.json(applications.list().stream().map(Pages::summary).toList()));
        }
        if (path.size() == 2) {
            return Optional.empty();
        }
        Optional<Optional<Map<String, Object>>> found =
                applications.read(path.get(1), model -> Optional.ofNullable(page(model, request)));
        return found.orElseThrow(() -> ClientError.missing("application of that name"))
                .map(Answer::json);
    }

    private static Map<String, Object> summary(io.troupe.console.application.LogSummary log) {
        return new Row()
                .put("id", log.id())
                .put("name", log.name())
                .put("user", log.user())
                .put("version", log.version())
                .put("started", log.started())
                .put("updated", log.updated())
                .put("ended", log.ended())
                .done();
    }

    /// Null where there is nothing at the address.
    private Map<String, Object> page(ApplicationModel model, Request request) {
        String name = request.segment(2) + "/" + (request.path().size() - 3);
        return switch (name) {
            case "overview/0" -> OverviewPage.of(model);
            case "query/1" -> QueryPage.of(model, query(model, request));
            case "stages/0" -> stages(model);
            case "stage/2" -> StagePage.of(model, stage(model, request));
            case "tasks/2" -> StagePage.tasks(model, stage(model, request), request);
            case "python/0" -> PythonPage.of(model);
            case "executors/0" -> ExecutorsPage.of(model, applications.isLive());
            case "storage/0" -> storage(model);
            case "environment/0" ->
                    Shared.head(model)
                            .put("settings", model.settings())
                            .put("system", model.system())
                            .done();
            case "jobs/0" -> jobs(model);
            default -> null;
        };
    }

    private static QueryModel query(ApplicationModel model, Request request) {
        QueryModel query = model.query(request.number(3));
        if (query == null) {
            throw ClientError.missing("query " + request.number(3));
        }
        return query;
    }

    private static StageModel stage(ApplicationModel model, Request request) {
        for (StageModel stage : model.stages()) {
            if (stage.number() == request.number(3) && stage.attempt() == request.number(4)) {
                return stage;
            }
        }
        throw ClientError.missing(
                "attempt " + request.number(4) + " of stage " + request.number(3));
    }

    private static Map<String, Object> stages(ApplicationModel model) {
        List<Map<String, Object>> rows = new ArrayList<>();
        model.stages().forEach(stage -> rows.addFirst(Shared.stage(model, stage)));
        return Shared.head(model).put("stages", rows).done();
    }

    private static Map<String, Object> jobs(ApplicationModel model) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JobModel job : model.jobs()) {
            QueryModel query = model.query(job.query());
            rows.addFirst(
                    new Row()
                            .put("id", job.id())
                            .put("query", job.query())
                            .put("title", query == null ? job.description() : query.title())
                            .put("group", query == null ? "" : query.group())
                            .put("started", job.started())
                            .put("ended", job.ended())
                            .put(
                                    "stages",
                                    job.stages().stream().map(JobModel.Stage::number).toList())
                            .put(
                                    "failure",
                                    job.failure() == null ? null : Shared.failure(job.failure()))
                            .done());
        }
        return Shared.head(model).put("jobs", rows).done();
    }

    private static Map<String, Object> storage(ApplicationModel model) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (CacheModel cache : model.caches()) {
            CachedBlocks blocks = CachedBlocks.of(model, cache);
            rows.addFirst(
                    new Row()
                            .put("id", cache.id())
                            .put("description", cache.description())
                            .put("level", cache.level())
                            .put("filled", cache.filled())
                            .put("dropped", cache.dropped())
                            .put("partitions", blocks.partitions())
                            .put("filledPartitions", blocks.filled())
                            .put("bytes", blocks.bytes())
                            .put("spilled", blocks.spilled())
                            .done());
        }
        return Shared.head(model).put("caches", rows).done();
    }
}
