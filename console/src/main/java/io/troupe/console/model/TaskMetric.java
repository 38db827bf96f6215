package io.troupe.console.model;

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

    private static final String OPERATOR_SPILL = ".spill.bytes";

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

    /// Its value in a task's counters, less the three that are fields of the line itself.
    long of(Map<String, Long> taskCounters) {
        long sum = 0;
        for (String counter : counters) {
            sum += taskCounters.getOrDefault(counter, 0L);
        }
        if (this == SPILL_BYTES) {
            for (Map.Entry<String, Long> counter : taskCounters.entrySet()) {
                if (counter.getKey().startsWith("op.")
                        && counter.getKey().endsWith(OPERATOR_SPILL)) {
                    sum += counter.getValue();
                }
            }
        }
        return sum;
    }
}
