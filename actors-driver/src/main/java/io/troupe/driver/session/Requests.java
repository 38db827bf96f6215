package io.troupe.driver.session;

import io.troupe.driver.logging.LogLevel;
import io.troupe.planner.analysis.AnalyzeFirstException;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.json.Json;
import io.troupe.planner.json.PlanJson;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.pybridge.gateway.PythonGateway;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The client's entry point: one JSON request in, one JSON answer out (`{"ok": …}` or `{"error":
/// …}`), never an exception.
public final class Requests implements PythonGateway.EntryPoint {
    private final Application application;
    private final PlanJson planJson;

    public Requests(Application application) {
        this.application = application;
        this.planJson = new PlanJson(ticket -> application.uploads().take(String.valueOf(ticket)));
    }

    @Override
    public String call(String text) {
        Map<String, Object> answer = new LinkedHashMap<>();
        String site = null;
        try {
            Request request = Request.parse(text);
            site = request.site();
            for (Object plan : request.list("release")) {
                application.plans().release(((Number) plan).longValue());
            }
            answer.put(
                    "ok",
                    ScopedValue.where(JobProperties.CURRENT, request.textMap("properties"))
                            .call(() -> answer(request)));
        } catch (AnalyzeFirstException e) {
            answer.put("analyze", new TableAnalyses(application).wish(e));
        } catch (TroupeException e) {
            answer.put("error", ErrorAnswer.of(site == null ? e : e.at(site)));
        } catch (RuntimeException | StackOverflowError e) {
            answer.put("error", ErrorAnswer.of(e));
        }
        return Json.write(answer);
    }

    /// The table of operations: one line each.
    @SuppressWarnings("checkstyle:MethodLength")
    private Map<String, Object> answer(Request request) {
        String op = request.op();
        if (op.equals("session.new")) {
            Session session = application.open(settings(request));
            return Map.of("session", session.id(), "conf", facts(session));
        }
        Session session = application.session(request.number("session"));
        return switch (op) {
            case "session.clone" ->
                    Map.of("session", application.open(session.conf().explicit()).id());
            case "session.stop" -> {
                session.stop();
                yield Map.of();
            }
            case "conf.get" -> {
                Map<String, Object> value = new LinkedHashMap<>();
                value.put(
                        "value",
                        session.conf().get(request.text("key"), request.text("default", null)));
                yield value;
            }
            case "conf.set" -> {
                session.conf().set(request.text("key"), request.text("value"));
                yield Map.of();
            }
            case "conf.unset" -> {
                session.conf().unset(request.text("key"));
                yield Map.of();
            }
            case "conf.all" -> Map.of("conf", session.conf().all());
            case "conf.isModifiable" ->
                    Map.of("modifiable", session.conf().isModifiable(request.text("key")));
            case "plan" ->
                    planned(
                            session.analyze(
                                    located(planJson.read(request.get("node")), request.site())));
            case "sql" -> planned(new SqlStatements(session).run(request));
            case "job.cancel" -> {
                new Cancellations(application.runner()).cancel(request);
                yield Map.of();
            }
            case "log.level" -> {
                LogLevel.set(request.text("level"));
                yield Map.of();
            }
            case "catalog" -> new CatalogRequests(session).answer(request);
            case "udtf.analyzed" -> {
                TableAnalyses.note(session, request);
                yield Map.of();
            }
            case "udf.register" -> {
                new CatalogRequests(session).registerFunction(request);
                yield Map.of();
            }
            case "schema.parseDDL" ->
                    Map.of(
                            "schema",
                            SchemaJson.tree(
                                    io.troupe.planner.sql.SqlParser.parseTableSchema(
                                            request.text("text"))));
            case "metrics" -> planned(session.observations().await(request.text("observation")));
            case "progress" -> ProgressAnswer.of(application.telemetry().progress());
            case "accumulators" ->
                    Map.of(
                            "updates",
                            application.telemetry().accumulators().take().stream()
                                    .map(Base64.getEncoder()::encodeToString)
                                    .toList());
            case "attachment.add" ->
                    Map.of(
                            "attachment",
                            application.attachments().add(Path.of(request.text("path"))));
            case "attachment.remove" -> {
                application.attachments().remove(request.number("attachment"));
                yield Map.of();
            }
            case "findings" ->
                    FindingsAnswer.of(
                            application.telemetry().diagnosis().ofAll(),
                            (int) request.number("most"));
            case "console" -> {
                Map<String, Object> console = new LinkedHashMap<>();
                console.put("url", application.telemetry().console().get());
                yield console;
            }
            default ->
                    new Actions(session)
                            .answer(op, request, application.plans().get(request.number("plan")));
        };
    }

    private static Map<String, String> settings(Request request) {
        Map<String, String> conf = new LinkedHashMap<>(request.textMap("conf"));
        if (request.get("client") instanceof Map<?, ?> client && client.get("executable") != null) {
            conf.putIfAbsent("spark.pyspark.python", String.valueOf(client.get("executable")));
        }
        return conf;
    }

    /// What a client shows of the application.
    private Map<String, Object> facts(Session session) {
        Map<String, Object> facts = new LinkedHashMap<>(session.conf().all());
        facts.putIfAbsent("spark.app.id", application.telemetry().applicationId());
        return facts;
    }

    private static ParsedPlan located(ParsedPlan plan, String site) {
        return site == null ? plan : new ParsedPlan.LocatedPlan(plan, site, -1, -1);
    }

    private Map<String, Object> planned(LogicalPlan plan) {
        long id = application.plans().add(plan);
        return Map.of("plan", id, "schema", SchemaJson.tree(Session.schema(plan)));
    }
}
