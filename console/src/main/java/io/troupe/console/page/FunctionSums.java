package io.troupe.console.page;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.StageModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What each Python function cost in all stages, from the counters `udf.NAME#ID.WHAT`. Functions of
/// one visit have its rows and its time on the way in common.
final class FunctionSums {
    private static final Pattern COUNTER =
            Pattern.compile("udf\\.(.*)#\\d+\\.([a-z]+(?:\\.[a-z]+)?)", Pattern.DOTALL);
    private static final List<String> SHOWN =
            List.of(
                    "rows",
                    "batches",
                    "sent.bytes",
                    "received.bytes",
                    "encode.nanos",
                    "wait.nanos",
                    "compute.nanos",
                    "decode.nanos",
                    "peak.bytes",
                    "worker.starts");

    private FunctionSums() {}

    /// @param visits the page's visits, which know the functions' lines
    static List<Map<String, Object>> rows(
            ApplicationModel model, List<Map<String, Object>> visits) {
        Map<String, Map<String, Long>> sums = new LinkedHashMap<>();
        for (StageModel stage : model.stages()) {
            stage.counters()
                    .forEach((counter, amount) -> {
                        Matcher found = COUNTER.matcher(counter);
                        if (found.matches()) {
                            sums.computeIfAbsent(found.group(1), _ -> new HashMap<>())
                                    .merge(
                                            found.group(2),
                                            amount,
                                            found.group(2).equals("peak.bytes")
                                                    ? Long::max
                                                    : Long::sum);
                        }
                    });
        }
        Map<Object, Object> lines = lines(visits);
        List<Map<String, Object>> rows = new ArrayList<>();
        sums.forEach((name, sum) -> rows.add(row(name, lines.getOrDefault(name, ""), sum)));
        return rows;
    }

    private static Map<Object, Object> lines(List<Map<String, Object>> visits) {
        Map<Object, Object> lines = new HashMap<>();
        for (Map<String, Object> visit : visits) {
            for (Object function : (List<?>) visit.get("functions")) {
                Map<?, ?> named = (Map<?, ?>) function;
                lines.put(named.get("name"), named.get("line"));
            }
        }
        return lines;
    }

    private static Map<String, Object> row(String name, Object line, Map<String, Long> sum) {
        long python =
                sum.getOrDefault("encode.nanos", 0L)
                        + sum.getOrDefault("wait.nanos", 0L)
                        + sum.getOrDefault("decode.nanos", 0L);
        double rate = sum.getOrDefault("rows", 0L) * 1e9 / Math.max(1, python);
        Row row =
                new Row()
                        .put("name", name)
                        .put("line", line)
                        .put("pythonNanos", python)
                        .put("rowsPerSecond", rate);
        for (String what : SHOWN) {
            row.put(camel(what), sum.getOrDefault(what, 0L));
        }
        return row.done();
    }

    /// `sent.bytes` as `sentBytes`.
    private static String camel(String counter) {
        int dot = counter.indexOf('.');
        return dot < 0
                ? counter
                : counter.substring(0, dot)
                        + Character.toUpperCase(counter.charAt(dot + 1))
                        + counter.substring(dot + 2);
    }
}
