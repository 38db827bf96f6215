package io.troupe.console.rest;

import io.troupe.console.http.ClientError;
import io.troupe.console.http.Request;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.Failure;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import io.troupe.console.model.TaskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Tasks of a stage as Spark's `TaskData`, and the distributions of their metrics.
final class TaskAnswers {
    static final List<String> ORDERS =
            List.of(
                    "ID",
                    "runtime",
                    "+runtime",
                    "-runtime",
                    "increasingRuntime",
                    "decreasingRuntime");
    static final List<String> STATES = List.of("success", "failed", "running", "killed", "unknown");
    private static final int MOST = 10_000;
    private static final int MOST_QUANTILES = 100;

    private TaskAnswers() {}

    static List<Map<String, Object>> list(
            ApplicationModel model, StageModel stage, Request request) {
        int offset = (int) request.parameter("offset", 0, 0, Integer.MAX_VALUE);
        int length = (int) request.parameter("length", 20, 0, MOST);
        String order = request.choice("sortBy", ORDERS);
        String status = request.choice("status", STATES);
        TaskTable table = stage.table();
        IntStream rows = IntStream.range(0, table.size());
        if (!status.isEmpty()) {
            rows =
                    rows.filter(row ->
                            status.equals(table.failure(row) == null ? "success" : "failed"));
        }
        Comparator<Integer> byRuntime =
                Comparator.comparingLong(row -> table.get(row, TaskMetric.RUN));
        boolean rising = order.equals("increasingRuntime") || order.equals("+runtime");
        var ordered =
                order.isEmpty() || order.equals("ID")
                        ? rows.boxed()
                        : rows.boxed().sorted(rising ? byRuntime : byRuntime.reversed());
        return ordered.skip(offset).limit(length).map(row -> task(model, table, row)).toList();
    }

    private static Map<String, Object> task(ApplicationModel model, TaskTable table, int row) {
        TaskTable.Place place = table.place(row);
        ExecutorModel executor = model.executors().get(place.executor());
        Failure failure = table.failure(row);
        Fields answer =
                new Fields()
                        .put("taskId", row)
                        .put("index", place.partition())
                        .put("attempt", place.tried())
                        .put("partitionId", place.partition())
                        .put("launchTime", Fields.time(place.started()))
                        .put("duration", StageAnswers.millis(table.get(row, TaskMetric.RUN)))
                        .put("executorId", executor.id())
                        .put("host", executor.host())
                        .put("status", failure == null ? "SUCCESS" : "FAILED")
                        .put("taskLocality", "ANY")
                        .put("speculative", false)
                        .put("accumulatorUpdates", List.of());
        if (failure != null) {
            answer.put("errorMessage", failure.type() + ": " + failure.message());
        }
        return answer.put("taskMetrics", metrics(table, row))
                .put("executorLogs", Map.of())
                .put("schedulerDelay", StageAnswers.millis(table.get(row, TaskMetric.SCHEDULING)))
                .put("gettingResultTime", 0)
                .done();
    }

    private static Map<String, Object> metrics(TaskTable table, int row) {
        return new Fields()
                .put("executorRunTime", StageAnswers.millis(table.get(row, TaskMetric.RUN)))
                .put("executorCpuTime", table.get(row, TaskMetric.CPU))
                .put("resultSize", table.get(row, TaskMetric.RESULT_BYTES))
                .put("jvmGcTime", StageAnswers.millis(table.get(row, TaskMetric.GC)))
                .put("memoryBytesSpilled", table.get(row, TaskMetric.SPILL_BYTES))
                .put("diskBytesSpilled", table.get(row, TaskMetric.SPILL_BYTES))
                .put("peakExecutionMemory", table.get(row, TaskMetric.PEAK_MEMORY))
                .put("pythonTime", StageAnswers.millis(table.get(row, TaskMetric.PYTHON)))
                .put(
                        "inputMetrics",
                        pair(table, row, TaskMetric.INPUT_BYTES, TaskMetric.INPUT_ROWS, "Read"))
                .put(
                        "outputMetrics",
                        pair(
                                table,
                                row,
                                TaskMetric.OUTPUT_BYTES,
                                TaskMetric.OUTPUT_ROWS,
                                "Written"))
                .put(
                        "shuffleReadMetrics",
                        new Fields()
                                .put(
                                        "fetchWaitTime",
                                        StageAnswers.millis(
                                                table.get(row, TaskMetric.SHUFFLE_WAIT)))
                                .put("bytesRead", table.get(row, TaskMetric.SHUFFLE_READ_BYTES))
                                .put("recordsRead", table.get(row, TaskMetric.SHUFFLE_READ_ROWS))
                                .done())
                .put(
                        "shuffleWriteMetrics",
                        pair(
                                table,
                                row,
                                TaskMetric.SHUFFLE_WRITE_BYTES,
                                TaskMetric.SHUFFLE_WRITE_ROWS,
                                "Written"))
                .done();
    }

    private static Map<String, Object> pair(
            TaskTable table, int row, TaskMetric bytes, TaskMetric rows, String done) {
        return new Fields()
                .put("bytes" + done, table.get(row, bytes))
                .put("records" + done, table.get(row, rows))
                .done();
    }

    static Map<String, Object> summary(StageModel stage, Request request) {
        List<Double> quantiles =
                quantiles(request.parameter("quantiles", "0.05,0.25,0.5,0.75,0.95"));
        TaskTable table = stage.table();
        return new Fields()
                .put("quantiles", quantiles)
                .put("executorRunTime", at(table, TaskMetric.RUN, quantiles, 1e6))
                .put("executorCpuTime", at(table, TaskMetric.CPU, quantiles, 1))
                .put("resultSize", at(table, TaskMetric.RESULT_BYTES, quantiles, 1))
                .put("jvmGcTime", at(table, TaskMetric.GC, quantiles, 1e6))
                .put("schedulerDelay", at(table, TaskMetric.SCHEDULING, quantiles, 1e6))
                .put("peakExecutionMemory", at(table, TaskMetric.PEAK_MEMORY, quantiles, 1))
                .put("memoryBytesSpilled", at(table, TaskMetric.SPILL_BYTES, quantiles, 1))
                .put("diskBytesSpilled", at(table, TaskMetric.SPILL_BYTES, quantiles, 1))
                .put("pythonTime", at(table, TaskMetric.PYTHON, quantiles, 1e6))
                .put(
                        "inputMetrics",
                        new Fields()
                                .put("bytesRead", at(table, TaskMetric.INPUT_BYTES, quantiles, 1))
                                .put("recordsRead", at(table, TaskMetric.INPUT_ROWS, quantiles, 1))
                                .done())
                .put(
                        "outputMetrics",
                        new Fields()
                                .put(
                                        "bytesWritten",
                                        at(table, TaskMetric.OUTPUT_BYTES, quantiles, 1))
                                .put(
                                        "recordsWritten",
                                        at(table, TaskMetric.OUTPUT_ROWS, quantiles, 1))
                                .done())
                .put("shuffleReadMetrics", shuffleRead(table, quantiles))
                .put("shuffleWriteMetrics", shuffleWrite(table, quantiles))
                .done();
    }

    private static Map<String, Object> shuffleRead(TaskTable table, List<Double> quantiles) {
        return new Fields()
                .put("readBytes", at(table, TaskMetric.SHUFFLE_READ_BYTES, quantiles, 1))
                .put("readRecords", at(table, TaskMetric.SHUFFLE_READ_ROWS, quantiles, 1))
                .put("fetchWaitTime", at(table, TaskMetric.SHUFFLE_WAIT, quantiles, 1e6))
                .done();
    }

    private static Map<String, Object> shuffleWrite(TaskTable table, List<Double> quantiles) {
        return new Fields()
                .put("writeBytes", at(table, TaskMetric.SHUFFLE_WRITE_BYTES, quantiles, 1))
                .put("writeRecords", at(table, TaskMetric.SHUFFLE_WRITE_ROWS, quantiles, 1))
                .done();
    }

    private static List<Double> at(
            TaskTable table, TaskMetric metric, List<Double> quantiles, double unit) {
        long[] sorted = table.sorted(metric);
        List<Double> values = new ArrayList<>();
        for (double quantile : quantiles) {
            int place = (int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length));
            values.add(sorted.length == 0 ? 0 : Math.floor(sorted[place] / unit));
        }
        return values;
    }

    private static List<Double> quantiles(String text) {
        List<Double> found = new ArrayList<>();
        for (String part : text.split(",", MOST_QUANTILES + 1)) {
            try {
                double value = Double.parseDouble(part.strip());
                if (!(value >= 0 && value <= 1)) {
                    throw new NumberFormatException();
                }
                found.add(value);
            } catch (NumberFormatException _) {
                throw new ClientError(
                        400, "quantiles must be at most 100 numbers from 0 to 1, split by commas");
            }
        }
        return found;
    }
}
