package io.troupe.console.page;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.PrintedLines;
import io.troupe.console.model.PythonFunctions;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Python functions: where their time goes, how fast they are, their workers.
final class PythonPage {
    private static final int LATEST = 300;
    private static final int MOST_PRINTING = 50;
    private static final int MOST_PRINTED = 64 << 10;

    private PythonPage() {}

    static Map<String, Object> of(ApplicationModel model) {
        List<Map<String, Object>> visits = new ArrayList<>();
        for (StageModel stage : model.stages()) {
            if (stage.counters().getOrDefault("python.batches", 0L) > 0
                    || stage.sum(TaskMetric.PYTHON) > 0) {
                visits.addFirst(visit(model, stage));
            }
        }
        return Shared.head(model)
                .put("visits", visits.size() > LATEST ? visits.subList(0, LATEST) : visits)
                .put("functions", FunctionSums.rows(model, visits))
                .put("workers", ExecutorsPage.rows(model))
                .put("flame", FlameGraph.of(model.stacks()))
                .put("printed", printed(model.printed().latest()))
                .put("printedCount", model.printed().latest().size())
                .done();
    }

    /// The latest, as far as they fit on a page that is asked for each second.
    private static List<Map<String, Object>> printed(List<PrintedLines.Printed> latest) {
        List<Map<String, Object>> rows = new ArrayList<>();
        long characters = 0;
        for (PrintedLines.Printed printed : latest) {
            characters += printed.text().length();
            if (!rows.isEmpty() && characters > MOST_PRINTED || rows.size() == MOST_PRINTING) {
                break;
            }
            rows.add(
                    new Row()
                            .put("time", printed.time())
                            .put("job", printed.job())
                            .put("query", printed.stage().query())
                            .put("stageNumber", printed.stage().number())
                            .put("attempt", printed.stage().attempt())
                            .put("partition", printed.partition())
                            .put("try", printed.tried())
                            .put("executor", printed.executor())
                            .put("failed", printed.failed())
                            .put("text", printed.text())
                            .done());
        }
        return rows;
    }

    private static Map<String, Object> visit(ApplicationModel model, StageModel stage) {
        QueryModel query = model.query(stage.query());
        List<Map<String, Object>> functions = new ArrayList<>();
        if (query != null) {
            for (OperatorFigures figure : OperatorFigures.of(model, query)) {
                if (figure.isPython() && figure.operator().stage() == stage.stage()) {
                    for (String name : PythonFunctions.of(figure.operator())) {
                        functions.add(
                                new Row()
                                        .put("name", name)
                                        .put("line", figure.operator().line())
                                        .done());
                    }
                }
            }
        }
        Map<String, Long> counters = stage.counters();
        long python = Math.max(1, stage.sum(TaskMetric.PYTHON));
        long compute = counters.getOrDefault("python.compute.nanos", 0L);
        return new Row()
                .put("query", stage.query())
                .put("title", query == null ? "cached plan" : query.title())
                .put("stageNumber", stage.number())
                .put("attempt", stage.attempt())
                .put("functions", functions)
                .put("rows", stage.sum(TaskMetric.PYTHON_ROWS))
                .put("batches", counters.getOrDefault("python.batches", 0L))
                .put("rowsPerSecond", stage.sum(TaskMetric.PYTHON_ROWS) * 1e9 / python)
                .put("sentBytes", counters.getOrDefault("python.sent.bytes", 0L))
                .put("receivedBytes", counters.getOrDefault("python.received.bytes", 0L))
                .put("encodeNanos", counters.getOrDefault("python.encode.nanos", 0L))
                .put("waitNanos", counters.getOrDefault("python.wait.nanos", 0L))
                .put("computeNanos", compute)
                .put("decodeNanos", counters.getOrDefault("python.decode.nanos", 0L))
                .put("runNanos", stage.sum(TaskMetric.RUN))
                .put("workerStarts", counters.getOrDefault("python.worker.starts", 0L))
                .put("failed", stage.failed())
                .put("peakBytes", counters.getOrDefault("python.peak.bytes", 0L))
                .done();
    }
}
