package io.troupe.console.page;

import io.troupe.console.finding.Finding;
import io.troupe.console.model.Activity;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.Failure;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import io.troupe.console.model.TaskTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What several pages show in the same way.
final class Shared {
    private Shared() {}

    /// What stands at the head of every page.
    static Row head(ApplicationModel model) {
        int slots =
                model.executors().stream().filter(e -> e.isActive()).mapToInt(e -> e.slots()).sum();
        return new Row()
                .put("id", model.id())
                .put("name", model.name())
                .put("user", model.user())
                .put("version", model.version())
                .put("started", model.started())
                .put("ended", model.ended())
                .put("latest", model.latest())
                .put("dropped", model.dropped())
                .put("schemaNote", model.schemaNote())
                .put("slots", slots);
    }

    static Map<String, Object> finding(Finding finding) {
        return new Row()
                .put("rule", finding.rule())
                .put("query", finding.query())
                .put("stage", finding.stage())
                .put("attempt", finding.attempt())
                .put("title", finding.title())
                .put("evidence", finding.evidence())
                .put("suggestion", finding.suggestion())
                .put("seconds", finding.seconds())
                .done();
    }

    static String state(ApplicationModel model, QueryModel query) {
        if (model.isRunning(query)) {
            return "running";
        }
        String state = "done";
        for (long number : query.jobs()) {
            JobModel job = model.job(number);
            if (job != null && job.failure() != null) {
                return "failed";
            }
            state = job != null && job.isRunning() ? "unfinished" : state;
        }
        return state;
    }

    static List<JobModel> jobs(ApplicationModel model, QueryModel query) {
        return query.jobs().stream().map(model::job).filter(Objects::nonNull).toList();
    }

    static Map<String, Object> query(ApplicationModel model, QueryModel query) {
        List<JobModel> jobs = jobs(model, query);
        List<StageModel> stages = model.stagesOf(query.id());
        long end = jobs.stream().mapToLong(JobModel::ended).max().orElse(0);
        boolean running = model.isRunning(query);
        return new Row()
                .put("id", query.id())
                .put("title", query.title())
                .put("line", query.line())
                .put("group", query.group())
                .put("state", state(model, query))
                .put("started", query.planned())
                .put(
                        "millis",
                        Math.max(0, (running || end == 0 ? model.latest() : end) - query.planned()))
                .put("tasks", stages.stream().mapToInt(StageModel::tasks).sum())
                .put("succeeded", stages.stream().mapToInt(StageModel::succeeded).sum())
                .put("failed", stages.stream().mapToInt(StageModel::failed).sum())
                .put("running", stages.stream().mapToInt(StageModel::running).sum())
                .put("activities", activities(stages))
                .done();
    }

    /// Nanoseconds of tasks by what they went to.
    static Map<String, Long> activities(List<StageModel> stages) {
        Map<String, Long> nanos = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            long sum = 0;
            for (StageModel stage : stages) {
                sum += stage.nanos(activity);
            }
            nanos.put(activity.key(), sum);
        }
        return nanos;
    }

    static Map<String, Object> stage(ApplicationModel model, StageModel stage) {
        QueryModel query = model.query(stage.query());
        Row row =
                new Row()
                        .put("number", stage.number())
                        .put("attempt", stage.attempt())
                        .put("query", stage.query())
                        .put("stage", stage.stage())
                        .put("title", query == null ? "cached plan" : query.title())
                        .put("state", stage.state().name().toLowerCase(java.util.Locale.ROOT))
                        .put("reason", stage.reason())
                        .put("started", stage.started())
                        .put(
                                "millis",
                                (stage.ended() == 0 ? model.latest() : stage.ended())
                                        - stage.started())
                        .put("tasks", stage.tasks())
                        .put("succeeded", stage.succeeded())
                        .put("failed", stage.failed())
                        .put("running", stage.running())
                        .put("activities", activities(List.of(stage)))
                        .put("skew", skew(stage));
        for (TaskMetric metric : TaskMetric.values()) {
            row.put(metric.key(), stage.sum(metric));
        }
        return row.done();
    }

    /// How much longer the longest task took than the middle one; 1 where nothing can be said.
    static double skew(StageModel stage) {
        long[] sorted = stage.table().sorted(TaskMetric.RUN);
        return sorted.length < 2
                ? 1
                : (double) sorted[sorted.length - 1] / Math.max(1, sorted[sorted.length / 2]);
    }

    /// Share of the tasks' time that went to Python, 0 to 1.
    static double pythonShare(StageModel stage) {
        return (double) stage.sum(TaskMetric.PYTHON) / Math.max(1, stage.sum(TaskMetric.RUN));
    }

    static Map<String, Object> task(ApplicationModel model, TaskTable table, int row) {
        TaskTable.Place place = table.place(row);
        Failure failure = table.failure(row);
        Row answer =
                new Row()
                        .put("row", row)
                        .put("partition", place.partition())
                        .put("try", place.tried())
                        .put("executor", model.executors().get(place.executor()).id())
                        .put("started", place.started());
        for (TaskMetric metric : TaskMetric.values()) {
            answer.put(metric.key(), table.get(row, metric));
        }
        return answer.put("failure", failure == null ? null : failure(failure)).done();
    }

    static Map<String, Object> failure(Failure failure) {
        return new Row()
                .put("type", failure.type())
                .put("message", failure.message())
                .put("condition", failure.condition())
                .put("traceback", failure.traceback())
                .done();
    }
}
