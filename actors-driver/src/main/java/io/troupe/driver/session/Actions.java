package io.troupe.driver.session;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Batch;
import io.troupe.driver.job.JobHandle;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Requests about a plan: run it, show it, keep it, explain it.
final class Actions {
    private static final int MAX_SHOWN = 1_000_000;

    private final Session session;

    Actions(Session session) {
        this.session = session;
    }

    Map<String, Object> answer(String op, Request request, LogicalPlan plan) {
        return switch (op) {
            case "collect" -> Map.of("result", ticket(plan, request));
            case "partitions" -> Map.of("partitions", session.partitions(plan));
            case "count" -> Map.of("count", count(plan, request.site()));
            case "show" -> Map.of("text", show(plan, request));
            case "html" -> Map.of("text", html(plan, request));
            case "explain" ->
                    Map.of(
                            "text",
                            new Explanation(session)
                                    .text(plan, request.text("mode", "simple"), request.site()));
            case "cache" -> {
                session.cached().add(plan, request.text("level", "MEMORY_AND_DISK"));
                yield Map.of();
            }
            case "unpersist" -> {
                CachedPlans.Entry entry = session.cached().remove(plan);
                if (entry != null) {
                    session.dropCache(entry.id());
                }
                yield Map.of();
            }
            case "isCached" -> {
                CachedPlans.Entry entry = session.cached().find(plan);
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("cached", entry != null);
                answer.put("level", entry == null ? null : entry.level());
                yield answer;
            }
            case "checkpoint" -> checkpoint(plan);
            case "inputFiles" -> Map.of("files", inputFiles(plan));
            case "sameSemantics" ->
                    Map.of(
                            "same",
                            plan.equals(
                                    session.application().plans().get(request.number("other"))));
            case "semanticHash" -> Map.of("hash", plan.hashCode());
            case "write" -> {
                new Writes(session).write(plan, request);
                yield Map.of();
            }
            default ->
                    throw new IllegalArgumentException("There is no request of kind " + op + ".");
        };
    }

    private String ticket(LogicalPlan plan, Request request) {
        List<Integer> chosen =
                request.list("partitions").stream().map(p -> ((Number) p).intValue()).toList();
        JobHandle job =
                request.get("partitions") == null
                        ? session.run(plan, request.site())
                        : session.run(plan, request.site(), chosen);
        return session.application()
                .results()
                .issue(new PendingResult(session, job, Session.schema(plan)));
    }

    private long count(LogicalPlan plan, String site) {
        Attribute count = session.application().ids().attribute("count", AtomicType.LONG, false);
        AggregateCall call = new AggregateCall("count", List.of(), AtomicType.LONG, false);
        LogicalPlan counted = new Aggregation(plan, List.of(), List.of(new Aggregate(count, call)));
        List<Batch> result = session.collect(counted, site);
        Batch batch = result.getFirst();
        return (Long) Values.get(batch.column(0), batch.row(0), AtomicType.LONG);
    }

    /// The plan again, kept: its lineage is cut by its cached form.
    private Map<String, Object> checkpoint(LogicalPlan plan) {
        session.cached().add(plan, "MEMORY_AND_DISK");
        long id = session.application().plans().add(plan);
        return Map.of(
                "plan", id, "schema", io.troupe.planner.json.SchemaJson.tree(Session.schema(plan)));
    }

    private static List<String> inputFiles(LogicalPlan plan) {
        Set<String> files = new LinkedHashSet<>();
        Plans.exists(
                plan,
                node -> {
                    if (node instanceof Scan scan) {
                        scan.relation().files().forEach(file -> files.add("file://" + file.path()));
                    }
                    return false;
                });
        return List.copyOf(files);
    }

    private String show(LogicalPlan plan, Request request) {
        int rows = (int) Math.clamp(request.number("n", 20), 0, MAX_SHOWN);
        int truncate = (int) request.number("truncate", 20);
        List<List<String>> cells = cells(plan, rows, request.site());
        boolean more = cells.size() > rows;
        List<List<String>> shown = more ? cells.subList(0, rows) : cells;
        List<String> header = plan.output().stream().map(Attribute::name).toList();
        return request.flag("vertical", false)
                ? ShowText.vertical(header, shown, truncate, more)
                : ShowText.table(header, shown, truncate, more);
    }

    private String html(LogicalPlan plan, Request request) {
        int rows = (int) Math.clamp(request.number("n", 20), 0, MAX_SHOWN);
        List<List<String>> cells = cells(plan, rows, request.site());
        boolean more = cells.size() > rows;
        List<String> header = plan.output().stream().map(Attribute::name).toList();
        return ShowText.html(
                header,
                more ? cells.subList(0, rows) : cells,
                (int) request.number("truncate", 20),
                more);
    }

    /// The first rows (one more than asked for, to tell whether there are more) as display strings.
    private List<List<String>> cells(LogicalPlan plan, int rows, String site) {
        List<Named> columns = new ArrayList<>();
        for (Attribute attribute : plan.output()) {
            Attribute text =
                    session.application()
                            .ids()
                            .attribute(attribute.name(), StringType.STRING, false);
            columns.add(new Named(text, displayed(attribute)));
        }
        LogicalPlan shown = new Project(new Limit(plan, rows + 1L, 0), columns);
        List<List<String>> cells = new ArrayList<>();
        for (Batch batch : session.collect(shown, site)) {
            for (int i = 0; i < batch.selected(); i++) {
                List<String> row = new ArrayList<>(columns.size());
                for (int c = 0; c < columns.size(); c++) {
                    row.add((String) Values.get(batch.column(c), batch.row(i), StringType.STRING));
                }
                cells.add(row);
            }
        }
        return cells;
    }

    private static Expression displayed(Attribute attribute) {
        if (attribute.type() == AtomicType.VOID) {
            return Literal.of("NULL");
        }
        Expression text =
                attribute.type() instanceof StringType
                        ? attribute
                        : attribute.type() == AtomicType.BINARY || attribute.type().isNested()
                                ? new Call(
                                        "to_pretty_string",
                                        List.of(attribute),
                                        StringType.STRING,
                                        attribute.nullable())
                                : new Cast(attribute, StringType.STRING, Cast.Mode.ANSI);
        return new Call("coalesce", List.of(text, Literal.of("NULL")), StringType.STRING, false);
    }
}
