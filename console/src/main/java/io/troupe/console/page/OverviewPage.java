package io.troupe.console.page;

import io.troupe.console.finding.Findings;
import io.troupe.console.model.Activity;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.CoreStrip;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the time goes, what runs, what is wrong.
final class OverviewPage {
    private static final int LATEST = 200;

    private OverviewPage() {}

    static Map<String, Object> of(ApplicationModel model) {
        List<Map<String, Object>> queries = new ArrayList<>();
        model.queries().stream()
                .skip(Math.max(0, model.queries().size() - LATEST))
                .forEach(query -> queries.addFirst(Shared.query(model, query)));
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

    private static long failed(ApplicationModel model) {
        long failed = 0;
        for (QueryModel query : model.queries()) {
            if (Shared.state(model, query).equals("failed")) {
                failed++;
            }
        }
        return failed;
    }

    /// Cores by activity in each span of time, and the cores that there were.
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
        Map<String, List<Double>> cores = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            List<Double> values = new ArrayList<>(spans);
            for (int i = 0; i < spans; i++) {
                values.add(Math.round(strip.nanos(activity, i) / span * 1000) / 1000.0);
            }
            cores.put(activity.key(), values);
        }
        List<Double> slots = new ArrayList<>(spans);
        for (int i = 0; i < spans; i++) {
            slots.add(slots(model, strip.origin() + i * strip.width(), strip.width()));
        }
        return new Row()
                .put("origin", strip.origin())
                .put("width", strip.width())
                .put("cores", cores)
                .put("slots", slots)
                .done();
    }

    private static double slots(ApplicationModel model, long from, long width) {
        double sum = 0;
        for (ExecutorModel executor : model.executors()) {
            long gone = executor.lost() == 0 ? Long.MAX_VALUE : executor.lost();
            long there = Math.min(from + width, gone) - Math.max(from, executor.joined());
            sum += executor.slots() * Math.max(0.0, there) / width;
        }
        return Math.round(sum * 100) / 100.0;
    }
}
