package io.troupe.console.page;

import io.troupe.console.finding.Findings;
import io.troupe.console.http.Request;
import io.troupe.console.model.Activity;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.Failure;
import io.troupe.console.model.Partitions;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import io.troupe.console.model.TaskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A stage attempt: its metrics' quantiles, its executors, its failures, its tasks.
final class StagePage {
    private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 1};
    private static final int MOST_BARS = 1500;
    private static final int MOST_PARTITIONS = 8;
    private static final int MOST_FAILURES = 50;
    private static final int MOST_ROWS = 500;

    private StagePage() {}

    static Map<String, Object> of(ApplicationModel model, StageModel stage) {
        QueryModel query = model.query(stage.query());
        return Shared.head(model)
                .put("stage", Shared.stage(model, stage))
                .put("hasTasks", stage.hasTasks())
                .put("quantiles", quantiles(stage.table()))
                .put("partitions", partitions(model, stage))
                .put("executors", executors(model, stage.table()))
                .put("timeline", timeline(stage.table()))
                .put("executorNames", model.executors().stream().map(ExecutorModel::id).toList())
                .put("failures", failures(model, stage.table()))
                .put(
                        "findings",
                        query == null
                                ? List.of()
                                : Findings.of(model, query).stream()
                                        .filter(f -> f.stage() == stage.number())
                                        .map(Shared::finding)
                                        .toList())
                .done();
    }

    private static Map<String, Object> quantiles(TaskTable table) {
        Row row = new Row();
        for (TaskMetric metric : TaskMetric.values()) {
            long[] sorted = table.sorted(metric);
            if (sorted.length > 0 && sorted[sorted.length - 1] > 0) {
                List<Long> values = new ArrayList<>();
                for (double quantile : QUANTILES) {
                    values.add(sorted[(int) Math.round(quantile * (sorted.length - 1))]);
                }
                row.put(metric.key(), values);
            }
        }
        return row.done();
    }

    /// The largest partitions by what they fetched, where there is anything to compare.
    private static List<Map<String, Object>> partitions(ApplicationModel model, StageModel stage) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Partitions.Large large : Partitions.largest(model, stage, MOST_PARTITIONS)) {
            rows.add(
                    new Row()
                            .put("partition", large.partition())
                            .put("bytes", large.bytes())
                            .put("rows", large.rows())
                            .put("runNanos", large.runNanos())
                            .put("key", large.key())
                            .put("keyShare", large.keyShare())
                            .done());
        }
        return rows;
    }

    private static List<Map<String, Object>> executors(ApplicationModel model, TaskTable table) {
        Map<Integer, long[]> sums = new TreeMap<>();
        for (int row = 0; row < table.size(); row++) {
            long[] sum = sums.computeIfAbsent(table.place(row).executor(), e -> new long[6]);
            sum[0]++;
            sum[1] += table.failure(row) == null ? 0 : 1;
            sum[2] += table.get(row, TaskMetric.RUN);
            sum[3] += table.get(row, TaskMetric.SPILL_BYTES);
            sum[4] += table.get(row, TaskMetric.GC);
            sum[5] += table.get(row, TaskMetric.SHUFFLE_READ_BYTES);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        sums.forEach((executor, sum) ->
                rows.add(
                        new Row()
                                .put("executor", model.executors().get(executor).id())
                                .put("tasks", sum[0])
                                .put("failed", sum[1])
                                .put("runNanos", sum[2])
                                .put("meanNanos", sum[2] / sum[0])
                                .put("spillBytes", sum[3])
                                .put("gcNanos", sum[4])
                                .put("shuffleReadBytes", sum[5])
                                .done()));
        return rows;
    }

    /// The longest tasks, and some of those that failed, as `[executor, start, run, python, wait,
    /// spill, gc, scheduling, partition, failed]`, in nanoseconds but for the start, which is in
    /// milliseconds.
    private static List<List<Long>> timeline(TaskTable table) {
        IntStream failed =
                IntStream.range(0, table.size())
                        .filter(row -> table.failure(row) != null)
                        .limit(MOST_FAILURES);
        return IntStream.concat(IntStream.of(table.largest(TaskMetric.RUN, MOST_BARS)), failed)
                .mapToObj(row -> bar(table, row))
                .toList();
    }

    private static List<Long> bar(TaskTable table, int row) {
        List<Long> bar = new ArrayList<>();
        bar.add((long) table.place(row).executor());
        bar.add(table.place(row).started());
        bar.add(table.get(row, TaskMetric.RUN));
        long[] split = table.activities(row);
        for (Activity activity : Activity.values()) {
            if (activity != Activity.COMPUTE) {
                bar.add(split[activity.ordinal()]);
            }
        }
        bar.add((long) table.place(row).partition());
        bar.add(table.failure(row) == null ? 0L : 1L);
        return bar;
    }

    private static List<Map<String, Object>> failures(ApplicationModel model, TaskTable table) {
        return IntStream.range(0, table.size())
                .filter(row -> table.failure(row) != null)
                .limit(MOST_FAILURES)
                .mapToObj(row -> Shared.task(model, table, row))
                .toList();
    }

    /// Some of the tasks, ordered and filtered as asked.
    static Map<String, Object> tasks(ApplicationModel model, StageModel stage, Request request) {
        int offset = (int) request.parameter("offset", 0, 0, Integer.MAX_VALUE);
        int length = (int) request.parameter("length", 100, 0, MOST_ROWS);
        boolean descending = request.choice("descending", List.of("true", "false")).equals("true");
        String filter = request.parameter("filter", "").strip().toLowerCase(Locale.ROOT);
        TaskTable table = stage.table();
        int[] rows =
                IntStream.range(0, table.size())
                        .filter(row -> filter.isEmpty() || matches(model, table, row, filter))
                        .toArray();
        Comparator<Integer> order = order(model, table, request.parameter("sort", "row"));
        List<Map<String, Object>> shown =
                IntStream.of(rows)
                        .boxed()
                        .sorted(descending ? order.reversed() : order)
                        .skip(offset)
                        .limit(length)
                        .map(row -> Shared.task(model, table, row))
                        .toList();
        return new Row().put("total", rows.length).put("tasks", shown).done();
    }

    private static boolean matches(
            ApplicationModel model, TaskTable table, int row, String filter) {
        TaskTable.Place place = table.place(row);
        Failure failure = table.failure(row);
        return String.valueOf(place.partition()).equals(filter)
                || model.executors()
                        .get(place.executor())
                        .id()
                        .toLowerCase(Locale.ROOT)
                        .contains(filter)
                || failure != null
                        && ("failed " + failure.type() + " " + failure.message())
                                .toLowerCase(Locale.ROOT)
                                .contains(filter);
    }

    private static Comparator<Integer> order(ApplicationModel model, TaskTable table, String sort) {
        TaskMetric metric = TaskMetric.of(sort);
        if (metric != null) {
            return Comparator.comparingLong(row -> table.get(row, metric));
        }
        return switch (sort) {
            case "partition" -> Comparator.comparingInt(row -> table.place(row).partition());
            case "try" -> Comparator.comparingInt(row -> table.place(row).tried());
            case "started" -> Comparator.comparingLong(row -> table.place(row).started());
            case "executor" ->
                    Comparator.comparing(
                            row -> model.executors().get(table.place(row).executor()).id());
            case "failure" -> Comparator.comparing(row -> table.failure(row) == null ? 0 : 1);
            default -> Comparator.naturalOrder();
        };
    }
}
