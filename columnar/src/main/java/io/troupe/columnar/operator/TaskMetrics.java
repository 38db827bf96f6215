package io.troupe.columnar.operator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Named counters of a task, in rows, bytes or nanoseconds as the name says (`input.rows`,
/// `spill.bytes`, `python.wait.nanos` …). Adders may be updated by helper threads of the task.
public final class TaskMetrics {
    private final Map<String, LongAdder> counters = new LinkedHashMap<>();

    public synchronized LongAdder counter(String name) {
        return counters.computeIfAbsent(name, ignored -> new LongAdder());
    }

    public void add(String name, long amount) {
        counter(name).add(amount);
    }

    public synchronized Map<String, Long> snapshot() {
        Map<String, Long> values = new LinkedHashMap<>();
        counters.forEach((name, counter) -> values.put(name, counter.sum()));
        return values;
    }
}
