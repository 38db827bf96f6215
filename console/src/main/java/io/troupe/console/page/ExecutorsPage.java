package io.troupe.console.page;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Executors: membership, slots, memory over time, what their tasks did.
final class ExecutorsPage {
    private static final int MOST_WITH_SAMPLES = 50;

    private ExecutorsPage() {}

    /// @param live whether the application's own process answers, and so can tell of its threads
    static Map<String, Object> of(ApplicationModel model, boolean live) {
        return Shared.head(model).put("executors", rows(model)).put("threads", live).done();
    }

    static List<Map<String, Object>> rows(ApplicationModel model) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ExecutorModel executor : model.executors()) {
            Row row =
                    new Row()
                            .put("id", executor.id())
                            .put("host", executor.host())
                            .put("slots", executor.slots())
                            .put("memory", executor.memory())
                            .put("python", executor.python())
                            .put("joined", executor.joined())
                            .put("lost", executor.lost())
                            .put("reason", executor.reason())
                            .put("running", executor.running())
                            .put("succeeded", executor.succeeded())
                            .put("failed", executor.failed())
                            .put("workerStarts", executor.workerStarts());
            for (TaskMetric metric : TaskMetric.values()) {
                row.put(metric.key(), executor.sum(metric));
            }
            boolean whole = rows.size() < MOST_WITH_SAMPLES;
            rows.add(
                    row.put(
                                    "now",
                                    executor.samples().isEmpty()
                                            ? null
                                            : sample(executor.samples().getLast()))
                            .put(
                                    "samples",
                                    whole
                                            ? executor.samples().stream()
                                                    .map(ExecutorsPage::sample)
                                                    .toList()
                                            : List.of())
                            .done());
        }
        return rows;
    }

    /// `[time, heap, direct, store, disk, python]`.
    private static List<Long> sample(ExecutorModel.Sample s) {
        return List.of(s.time(), s.heap(), s.direct(), s.store(), s.disk(), s.python());
    }
}
