package io.troupe.console.model;

import java.util.Arrays;
import java.util.Map;

/// The counters of one task attempt, in the order of its line.
final class TaskCounters {
    static final TaskCounters NONE = new TaskCounters(new Counter[0], new long[0]);

    private final Counter[] counters;
    private final long[] values;

    private TaskCounters(Counter[] counters, long[] values) {
        this.counters = counters;
        this.values = values;
    }

    /// Copies the first of two arrays.
    static TaskCounters of(Counter[] counters, long[] values, int size) {
        return new TaskCounters(Arrays.copyOf(counters, size), Arrays.copyOf(values, size));
    }

    static TaskCounters of(Map<String, Long> numbers) {
        Counter[] counters = new Counter[numbers.size()];
        long[] values = new long[counters.length];
        int next = 0;
        for (Map.Entry<String, Long> number : numbers.entrySet()) {
            counters[next] = Counter.named(number.getKey());
            values[next++] = number.getValue();
        }
        return new TaskCounters(counters, values);
    }

    int size() {
        return counters.length;
    }

    Counter counter(int place) {
        return counters[place];
    }

    long value(int place) {
        return values[place];
    }

    /// The value of a counter, or 0.
    long value(String name) {
        for (int i = 0; i < counters.length; i++) {
            if (counters[i].name().equals(name)) {
                return values[i];
            }
        }
        return 0;
    }

    boolean has(String name) {
        for (Counter counter : counters) {
            if (counter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
