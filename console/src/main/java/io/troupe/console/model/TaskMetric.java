package io.troupe.console.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is kept of each task: a sum of counters of its log line. `docs/event-log.md` says what each
/// counter is.
public enum TaskMetric {
    RUN("runNanos"),
    CPU("cpuNanos"),
    SCHEDULING("schedulingNanos"),
    PYTHON("pythonNanos", "python.encode.nanos", "python.wait.nanos", "python.decode.nanos"),
    PYTHON_COMPUTE("pythonComputeNanos", "python.compute.nanos"),
    SHUFFLE_WAIT("shuffleWaitNanos", "exchange.wait.nanos"),
    SPILL("spillNanos", "spill.nanos"),
    GC("gcNanos", "gc.nanos"),
    INPUT_ROWS("inputRows", "input.rows"),
    INPUT_BYTES("inputBytes", "input.bytes"),
    SHUFFLE_READ_ROWS("shuffleReadRows", "exchange.read.rows"),
    SHUFFLE_READ_BYTES("shuffleReadBytes", "exchange.read.bytes"),
    SHUFFLE_WRITE_ROWS("shuffleWriteRows", "exchange.write.rows"),
    SHUFFLE_WRITE_BYTES("shuffleWriteBytes", "exchange.write.bytes"),
    OUTPUT_ROWS("outputRows", "output.rows"),
    OUTPUT_BYTES("outputBytes", "output.bytes"),
    RESULT_ROWS("resultRows", "result.rows"),
    RESULT_BYTES("resultBytes", "result.bytes"),
    SPILL_BYTES("spillBytes", "exchange.spill.bytes"),
    PEAK_MEMORY("peakMemoryBytes", "memory.peak.bytes"),
    PYTHON_ROWS("pythonRows", "python.rows");

    /// How many there are.
    static final int COUNT = values().length;

    private static final String OPERATOR_SPILL = ".spill.bytes";
    private static final Map<String, TaskMetric> BY_COUNTER = byCounter();

    private final String key;
    private final List<String> counters;

    TaskMetric(String key, String... counters) {
        this.key = key;
        this.counters = List.of(counters);
    }

    /// Its name in answers.
    public String key() {
        return key;
    }

    /// The metric of that name, or null.
    public static TaskMetric of(String key) {
        for (TaskMetric metric : values()) {
            if (metric.key.equals(key)) {
                return metric;
            }
        }
        return null;
    }

    /// What a counter adds to, or null. Three metrics are fields of a task's line instead.
    static TaskMetric ofCounter(String counter) {
        return counter.startsWith("op.") && counter.endsWith(OPERATOR_SPILL)
                ? SPILL_BYTES
                : BY_COUNTER.get(counter);
    }

    /// Adds a task's values to sums, both by the ordinals of metrics; of peaks the largest stays.
    static void sum(long[] sums, long[] values) {
        for (int i = 0; i < COUNT; i++) {
            sums[i] =
                    i == PEAK_MEMORY.ordinal() ? Math.max(sums[i], values[i]) : sums[i] + values[i];
        }
    }

    private static Map<String, TaskMetric> byCounter() {
        Map<String, TaskMetric> metrics = new HashMap<>();
        for (TaskMetric metric : values()) {
            metric.counters.forEach(counter -> metrics.put(counter, metric));
        }
        return metrics;
    }
}
