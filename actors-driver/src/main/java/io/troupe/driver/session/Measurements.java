package io.troupe.driver.session;

import io.troupe.planner.explain.PlanGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a query's tasks measured, as text beside the operators of its plan.
///
/// @param graph the operators
/// @param counters sums over the tasks of each stage, by the stage's number
record Measurements(PlanGraph graph, Map<Integer, Map<String, Long>> counters) {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    /// What stands behind the line of an operator.
    String note(PlanGraph.Node node) {
        List<String> parts = new ArrayList<>();
        long rows = counter(node, "rows");
        parts.add(String.format(Locale.ROOT, "%,d rows", rows));
        if (node.exchange() >= 0) {
            Map<String, Long> writer = counters.getOrDefault(node.exchange(), Map.of());
            parts.add(bytes(writer.getOrDefault("exchange.write.bytes", 0L)));
        } else {
            parts.add(time(ownNanos(node)));
        }
        long spilled = counter(node, "spill.bytes");
        if (spilled > 0) {
            parts.add("spilled " + bytes(spilled));
        }
        if (node.line() != null) {
            parts.add(node.line());
        }
        return "   [" + String.join(" | ", parts) + "]";
    }

    /// Time spent in an operator itself, over all tasks: its own less that of what feeds it.
    private long ownNanos(PlanGraph.Node node) {
        long below =
                graph.nodes().stream()
                        .filter(child ->
                                child.parent() == node.id() && child.stage() == node.stage())
                        .mapToLong(child -> counter(child, "nanos"))
                        .sum();
        return Math.max(0, counter(node, "nanos") - below);
    }

    private long counter(PlanGraph.Node node, String name) {
        return counters.getOrDefault(node.stage(), Map.of())
                .getOrDefault("op." + node.operator() + "." + name, 0L);
    }

    /// A line per stage.
    String stages() {
        StringBuilder text = new StringBuilder();
        counters.forEach((stage, sums) -> text.append(stage(stage, sums)).append('\n'));
        return text.toString();
    }

    private static String stage(int stage, Map<String, Long> sums) {
        List<String> parts = new ArrayList<>();
        parts.add(
                String.format(Locale.ROOT, "%,d tasks", sums.getOrDefault("tasks.succeeded", 0L)));
        parts.add("ran " + time(sums.getOrDefault("task.run.nanos", 0L)));
        parts.add("cpu " + time(sums.getOrDefault("task.cpu.nanos", 0L)));
        addBytes(parts, "read", sums, "input.bytes");
        addBytes(parts, "fetched", sums, "exchange.read.bytes");
        addBytes(parts, "wrote", sums, "output.bytes");
        addBytes(parts, "handed on", sums, "exchange.write.bytes");
        addBytes(parts, "result", sums, "result.bytes");
        addBytes(parts, "spilled", sums, "exchange.spill.bytes");
        addBytes(parts, "most memory of a task", sums, "memory.peak.bytes");
        addTime(parts, "waited for exchanges", sums, "exchange.wait.nanos");
        addTime(parts, "waited for Python", sums, "python.wait.nanos");
        addTime(parts, "collecting garbage", sums, "gc.nanos");
        if (sums.getOrDefault("tasks.failed", 0L) > 0) {
            parts.add(sums.get("tasks.failed") + " attempts failed");
        }
        return "stage " + stage + ": " + String.join(", ", parts);
    }

    private static void addBytes(
            List<String> parts, String what, Map<String, Long> sums, String counter) {
        if (sums.getOrDefault(counter, 0L) > 0) {
            parts.add(what + " " + bytes(sums.get(counter)));
        }
    }

    private static void addTime(
            List<String> parts, String what, Map<String, Long> sums, String counter) {
        if (sums.getOrDefault(counter, 0L) > 0) {
            parts.add(what + " " + time(sums.get(counter)));
        }
    }

    /// A duration for people: `812 ms`, `3.41 s`.
    static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 10 ? "%.0f ms" : "%.2f ms", millis);
    }

    /// A number of bytes for people: `812 B`, `3.4 MiB`.
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
