package io.troupe.console.rest;

import io.troupe.console.http.ClientError;
import io.troupe.console.http.Request;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Queries as Spark's `ExecutionData`.
final class SqlAnswers {
    private static final int MOST = 1000;

    private SqlAnswers() {}

    static List<Map<String, Object>> all(ApplicationModel model, Request request) {
        int offset = (int) request.parameter("offset", 0, 0, Integer.MAX_VALUE);
        int length = (int) request.parameter("length", 20, 0, MOST);
        return model.queries().stream()
                .skip(offset)
                .limit(length)
                .map(query -> of(model, query, request))
                .toList();
    }

    static Map<String, Object> one(ApplicationModel model, long id, Request request) {
        QueryModel query = model.query(id);
        if (query == null) {
            throw ClientError.missing("query " + id);
        }
        return of(model, query, request);
    }

    private static Map<String, Object> of(
            ApplicationModel model, QueryModel query, Request request) {
        boolean details = flag(request, "details");
        boolean plan = flag(request, "planDescription");
        List<JobModel> jobs =
                query.jobs().stream().map(model::job).filter(Objects::nonNull).toList();
        long end = jobs.stream().mapToLong(JobModel::ended).max().orElse(0);
        boolean running = model.isRunning(query);
        boolean failed = jobs.stream().anyMatch(job -> job.failure() != null);
        return new Fields()
                .put("id", query.id())
                .put("status", running ? "RUNNING" : failed ? "FAILED" : "COMPLETED")
                .put("description", query.title())
                .put("planDescription", plan ? query.plans().getOrDefault("physical", "") : "")
                .put("submissionTime", Fields.time(query.planned()))
                .put(
                        "duration",
                        Math.max(0, (running || end == 0 ? model.latest() : end) - query.planned()))
                .put("runningJobIds", ids(jobs, model, "RUNNING"))
                .put("successJobIds", ids(jobs, model, "SUCCEEDED"))
                .put("failedJobIds", ids(jobs, model, "FAILED"))
                .put("nodes", details ? nodes(model, query) : List.of())
                .put("edges", details ? edges(query) : List.of())
                .done();
    }

    private static boolean flag(Request request, String name) {
        return !request.choice(name, List.of("true", "false")).equals("false");
    }

    private static List<Long> ids(List<JobModel> jobs, ApplicationModel model, String status) {
        return jobs.stream()
                .filter(job -> JobAnswers.status(model, job).equals(status))
                .map(JobModel::id)
                .toList();
    }

    private static List<Map<String, Object>> nodes(ApplicationModel model, QueryModel query) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (OperatorFigures figures : OperatorFigures.of(model, query)) {
            List<Map<String, Object>> metrics =
                    List.of(
                            metric("number of output rows", figures.rows()),
                            metric("own time in milliseconds", figures.ownNanos() / 1_000_000),
                            metric("spilled bytes", figures.spillBytes()));
            nodes.add(
                    new Fields()
                            .put("nodeId", figures.operator().id())
                            .put("nodeName", figures.operator().name())
                            .put("metrics", metrics)
                            .done());
        }
        return nodes;
    }

    private static Map<String, Object> metric(String name, long value) {
        return new Fields().put("name", name).put("value", String.valueOf(value)).done();
    }

    private static List<Map<String, Object>> edges(QueryModel query) {
        List<Map<String, Object>> edges = new ArrayList<>();
        for (QueryModel.Operator operator : query.operators()) {
            if (operator.parent() >= 0) {
                edges.add(
                        new Fields()
                                .put("fromId", operator.id())
                                .put("toId", operator.parent())
                                .done());
            }
        }
        return edges;
    }
}
