package io.troupe.console.page;

import io.troupe.console.finding.Findings;
import io.troupe.console.model.Activity;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.CoreStrip;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.PerQuery;
import io.troupe.console.model.QueryModel;
import io.troupe.planner.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// Where the time goes, what runs, what is wrong.
final class OverviewPage {
    private static final int LATEST = 200;
    private static final PerQuery<Json.RawJson> ENDED = new PerQuery<>();

    private OverviewPage() {}

    static Map<String, Object> of(ApplicationModel model) {
        List<Object> queries = new ArrayList<>();
        model.queries().stream()
                .skip(Math.max(0, model.queries().size() - LATEST))
                .forEach(query -> queries.addFirst(row(model, query)));
        long running = model.queries().stream().filter(model::isRunning).count();
        return Shared.head(model)
                .put("strip", strip(model))
                .put("activities", Shared.activities(List.copyOf(model.stages())))
                .put("queries", queries)
                .put("queryCount", model.queries().size())
                .put("runningCount", running)
                .put("failedCount", failed(model))
                .put("lostCount", model.executors().stream().filter(e -> !e.isActive()).count())
                .put("findings", Findings.of(model).stream().map(Shared::finding).toList())
                .done();
    }

    /// As text where the query has ended: nearly all have, and the page is asked for each second.
    private static Object row(ApplicationModel model, QueryModel query) {
        return model.hasEnded(query)
                ? ENDED.of(query, key -> new Json.RawJson(Json.write(Shared.query(model, key))))
                : Shared.query(model, query);
    }

    private static long failed(ApplicationModel model) {
        long failed = 0;
        for (QueryModel query : model.queries()) {
            if (Shared.state(model, query).equals("failed")) {
                failed++;
            }
        }
        return failed;
    }

    /// Thousandths of cores by activity in each span of time, and the cores that there were.
    private static Map<String, Object> strip(ApplicationModel model) {
        CoreStrip strip = model.strip();
        long end = model.ended() == 0 ? model.latest() : model.ended();
        int spans =
                (int)
                        Math.clamp(
                                (end - strip.origin()) / strip.width() + 1,
                                strip.used(),
                                CoreStrip.SPANS);
        double span = strip.width() * 1e6;
        Map<String, Json.RawJson> cores = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            StringJoiner values = new StringJoiner(",", "[", "]");
            for (int i = 0; i < spans; i++) {
                values.add(Long.toString(Math.round(strip.nanos(activity, i) / span * 1000)));
            }
            cores.put(activity.key(), new Json.RawJson(values.toString()));
        }
        List<Double> slots = slots(model, spans);
        return new Row()
                .put("origin", strip.origin())
                .put("width", strip.width())
                .put("milliCores", cores)
                .put("slots", slots)
                .done();
    }

    /// Slots that there were, on average over each span. An executor fills the spans between those
    /// of its coming and its going, and a part of these two.
    private static List<Double> slots(ApplicationModel model, int spans) {
        CoreStrip strip = model.strip();
        double[] steps = new double[spans + 2];
        for (ExecutorModel executor : model.executors()) {
            step(
                    steps,
                    (double) (executor.joined() - strip.origin()) / strip.width(),
                    executor.slots());
            if (executor.lost() != 0) {
                step(
                        steps,
                        (double) (executor.lost() - strip.origin()) / strip.width(),
                        -executor.slots());
            }
        }
        List<Double> slots = new ArrayList<>(spans);
        double there = 0;
        for (int i = 0; i < spans; i++) {
            there += steps[i];
            slots.add(Math.max(0, Math.round(there * 100) / 100.0));
        }
        return slots;
    }

    /// From a place on so many more: its span sees the part that is left of it.
    private static void step(double[] steps, double place, int change) {
        int span = (int) Math.clamp(Math.floor(place), 0, steps.length - 2);
        double part = Math.clamp(place - span, 0, 1);
        steps[span] += change * (1 - part);
        steps[span + 1] += change * part;
    }
}
