package io.troupe.driver.session;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What each Python function of a query cost, from its tasks' counters.
final class FunctionMeasurements {
    private static final Pattern COUNTER =
            Pattern.compile(
                    "udf\\.(.*)#(\\d+)\\.((?:rows|batches)|(?:sent|received|peak)\\.bytes|worker\\.starts|(?:encode|wait|compute|decode)\\.nanos)",
                    Pattern.DOTALL);

    private FunctionMeasurements() {}

    /// A line per function.
    ///
    /// @param counters sums over the tasks of each stage, by the stage's number
    static String text(Map<Integer, Map<String, Long>> counters) {
        Map<String, Map<String, Long>> functions = new TreeMap<>();
        for (Map<String, Long> stage : counters.values()) {
            stage.forEach((name, amount) -> {
                Matcher counter = COUNTER.matcher(name);
                if (counter.matches()) {
                    functions
                            .computeIfAbsent(
                                    counter.group(1) + "#" + counter.group(2),
                                    _ -> new LinkedHashMap<>())
                            .merge(
                                    counter.group(3),
                                    amount,
                                    counter.group(3).equals("peak.bytes") ? Long::max : Long::sum);
                }
            });
        }
        StringBuilder text = new StringBuilder();
        functions.forEach((name, sums) -> text.append(line(name, sums)));
        return text.toString();
    }

    private static String line(String name, Map<String, Long> sums) {
        return String.format(
                Locale.ROOT,
                "%s took %,d rows in %,d batches; sent %s, received %s; encode %s, wait %s (compute %s), decode %s; most memory %s, workers started: %d%n",
                name.substring(0, name.lastIndexOf('#')),
                sums.getOrDefault("rows", 0L),
                sums.getOrDefault("batches", 0L),
                Measurements.bytes(sums.getOrDefault("sent.bytes", 0L)),
                Measurements.bytes(sums.getOrDefault("received.bytes", 0L)),
                Measurements.time(sums.getOrDefault("encode.nanos", 0L)),
                Measurements.time(sums.getOrDefault("wait.nanos", 0L)),
                Measurements.time(sums.getOrDefault("compute.nanos", 0L)),
                Measurements.time(sums.getOrDefault("decode.nanos", 0L)),
                Measurements.bytes(sums.getOrDefault("peak.bytes", 0L)),
                sums.getOrDefault("worker.starts", 0L));
    }
}
