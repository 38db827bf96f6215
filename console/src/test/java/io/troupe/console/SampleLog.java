package io.troupe.console;

import io.troupe.console.model.Fold;
import io.troupe.planner.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes event logs as a driver would, for tests.
public final class SampleLog {
    /// When its application started.
    public static final long START = 1_800_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private long now = START;

    public SampleLog() {
        add(
                "applicationStarted",
                "schema",
                2,
                "application",
                "app-1",
                "version",
                "0.1.0",
                "settings",
                Map.of("spark.app.name", "a sample"),
                "user",
                "ann",
                "system",
                Map.of("java.version", "25"));
    }

    /// Adds an event now, of fields given as names and values in turn.
    public SampleLog add(String event, Object... fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("time", now);
        for (int i = 0; i < fields.length; i += 2) {
            line.put((String) fields[i], fields[i + 1]);
        }
        lines.add(Json.write(line));
        return this;
    }

    /// Time passes.
    public SampleLog after(long millis) {
        now += millis;
        return this;
    }

    public SampleLog executor(String id, int slots) {
        return add(
                "executorJoined",
                "executor",
                id,
                "host",
                "host-" + id,
                "slots",
                slots,
                "memory",
                1000L,
                "python",
                "3.12");
    }

    /// An operator of a plan; parents come before children.
    public static Map<String, Object> operator(
            int id, int parent, String name, String text, int stage, int operator) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("parent", parent);
        fields.put("name", name);
        fields.put("text", text);
        fields.put("stage", stage);
        fields.put("operator", operator);
        fields.put("line", "job.py:" + (10 + id));
        return fields;
    }

    /// A query with one job of stages 0 to `stages - 1`, each reading the one before.
    public SampleLog query(long query, int stages, List<Map<String, Object>> operators) {
        return query(query, stages, operators, Map.of("physical", "Plan"));
    }

    public SampleLog query(
            long query,
            int stages,
            List<Map<String, Object>> operators,
            Map<String, String> plans) {
        add(
                "queryPlanned",
                "query",
                query,
                "session",
                1,
                "line",
                "job.py:7",
                "description",
                "",
                "group",
                "",
                "planningNanos",
                Map.of("optimize", 1_000_000L),
                "operators",
                operators,
                "plans",
                plans);
        List<Map<String, Object>> declared = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            declared.add(
                    Map.of(
                            "query",
                            query,
                            "stage",
                            stage,
                            "result",
                            stage == stages - 1,
                            "outputPartitions",
                            1,
                            "inputs",
                            stage == 0 ? List.of() : List.of(stage - 1)));
        }
        return add(
                "jobStarted",
                "job",
                query,
                "query",
                query,
                "description",
                "job.py:7",
                "stages",
                declared);
    }

    public SampleLog stage(long query, int stage, int tasks) {
        return add(
                "stageStarted",
                "query",
                query,
                "stage",
                stage,
                "attempt",
                0,
                "job",
                query,
                "tasks",
                tasks);
    }

    /// A task that ends now and ran that long.
    public SampleLog task(
            long query,
            int stage,
            int partition,
            String executor,
            long runMillis,
            Map<String, Object> metrics) {
        return add(
                "taskEnded",
                "query",
                query,
                "stage",
                stage,
                "attempt",
                0,
                "partition",
                partition,
                "try",
                0,
                "executor",
                executor,
                "launched",
                now - runMillis - 5,
                "started",
                now - runMillis,
                "runNanos",
                runMillis * 1_000_000,
                "cpuNanos",
                runMillis * 900_000,
                "metrics",
                metrics);
    }

    public SampleLog failedTask(
            long query, int stage, int partition, String executor, long runMillis) {
        task(query, stage, partition, executor, runMillis, Map.of());
        String last = lines.removeLast();
        lines.add(
                last.substring(0, last.length() - 1)
                        + ",\"failure\":{\"type\":\"TaskError\",\"message\":\"<b>bad</b>\",\"condition\":\"X\",\"pythonTraceback\":\"Traceback\"}}");
        return this;
    }

    public SampleLog stageDone(long query, int stage) {
        return add("stageDone", "query", query, "stage", stage, "attempt", 0);
    }

    public SampleLog jobDone(long query) {
        return add("jobEnded", "job", query);
    }

    public SampleLog end() {
        return add("applicationEnded", "dropped", 0);
    }

    /// Gives a line to a fold, as it stands in a file.
    public static void feed(Fold fold, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        fold.line(bytes, 0, bytes.length);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }

    public Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("app-1.jsonl"), text());
    }

    /// Counters of a task, given as names and values in turn.
    public static Map<String, Object> counters(Object... fields) {
        Map<String, Object> counters = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            counters.put((String) fields[i], fields[i + 1]);
        }
        return counters;
    }

    /// Two stages of two tasks each, on two executors; the second reads the first.
    public static SampleLog small() {
        SampleLog log = new SampleLog().executor("e1", 2).executor("e2", 2);
        log.after(100)
                .query(
                        1,
                        2,
                        List.of(
                                operator(0, -1, "HashAggregate", "HashAggregate FINAL", 1, 0),
                                operator(
                                        1,
                                        0,
                                        "ArrowEvalPython",
                                        "ArrowEvalPython [slow(id)]",
                                        0,
                                        0),
                                operator(2, 1, "FileScan", "FileScan parquet", 0, 1)));
        log.stage(1, 0, 2).after(1000);
        log.task(
                1,
                0,
                0,
                "e1",
                900,
                counters(
                        "input.rows",
                        10,
                        "input.bytes",
                        100,
                        "python.wait.nanos",
                        600_000_000L,
                        "python.rows",
                        10,
                        "python.batches",
                        1,
                        "op.0.rows",
                        10,
                        "op.0.nanos",
                        800_000_000L,
                        "op.1.rows",
                        10,
                        "op.1.nanos",
                        100_000_000L,
                        "exchange.write.rows",
                        10,
                        "exchange.write.bytes",
                        70));
        log.failedTask(1, 0, 1, "e2", 300);
        log.after(500)
                .task(
                        1,
                        0,
                        1,
                        "e1",
                        400,
                        counters(
                                "input.rows",
                                30,
                                "input.bytes",
                                300,
                                "op.1.rows",
                                30,
                                "exchange.write.rows",
                                30,
                                "exchange.write.bytes",
                                210,
                                "gc.nanos",
                                50_000_000L));
        log.stageDone(1, 0).stage(1, 1, 1).after(200);
        log.task(
                1,
                1,
                0,
                "e2",
                150,
                counters(
                        "exchange.read.rows",
                        40,
                        "exchange.read.bytes",
                        280,
                        "exchange.wait.nanos",
                        20_000_000L,
                        "op.0.spill.bytes",
                        4096,
                        "spill.nanos",
                        1_000_000L,
                        "result.rows",
                        1,
                        "result.bytes",
                        8));
        return log.stageDone(1, 1).jobDone(1).after(50).end();
    }
}
