package io.troupe.console.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// The ended task attempts of a stage attempt, by columns: a column of zeros takes no room, so that
/// 100,000 tasks take some ten megabytes.
public final class TaskTable {
    private static final int FIRST_CAPACITY = 16;
    private static final TaskMetric[] METRICS = TaskMetric.values();

    private final long[][] columns = new long[METRICS.length][];
    private final Map<Integer, Failure> failures = new HashMap<>();
    private final long[][] sorted = new long[METRICS.length][];
    private int[] partitions = new int[FIRST_CAPACITY];
    private int[] tries = new int[FIRST_CAPACITY];
    private int[] executors = new int[FIRST_CAPACITY];
    private long[] started = new long[FIRST_CAPACITY];
    private int size;

    /// Where and when an attempt ran.
    ///
    /// @param partition its number in the stage
    /// @param tried its number among the attempts of the partition, from 0
    /// @param executor index in the application's list of executors
    /// @param started milliseconds since the epoch
    public record Place(int partition, int tried, int executor, long started) {}

    void add(Place place, long[] values, Failure failure) {
        Arrays.fill(sorted, null);
        if (size == partitions.length) {
            grow();
        }
        partitions[size] = place.partition();
        tries[size] = place.tried();
        executors[size] = place.executor();
        started[size] = place.started();
        for (int i = 0; i < columns.length; i++) {
            if (values[i] != 0 && columns[i] == null) {
                columns[i] = new long[partitions.length];
            }
            if (columns[i] != null) {
                columns[i][size] = values[i];
            }
        }
        if (failure != null) {
            failures.put(size, failure);
        }
        size++;
    }

    private void grow() {
        int capacity = size + (size >> 1) + FIRST_CAPACITY;
        partitions = Arrays.copyOf(partitions, capacity);
        tries = Arrays.copyOf(tries, capacity);
        executors = Arrays.copyOf(executors, capacity);
        started = Arrays.copyOf(started, capacity);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != null) {
                columns[i] = Arrays.copyOf(columns[i], capacity);
            }
        }
    }

    /// How many attempts there are.
    public int size() {
        return size;
    }

    /// Where and when an attempt ran.
    public Place place(int row) {
        return new Place(partitions[row], tries[row], executors[row], started[row]);
    }

    /// A metric of an attempt.
    public long get(int row, TaskMetric metric) {
        long[] column = columns[metric.ordinal()];
        return column == null ? 0 : column[row];
    }

    /// An attempt's nanoseconds by [Activity].
    public long[] activities(int row) {
        long[] values = new long[METRICS.length];
        for (TaskMetric metric : METRICS) {
            values[metric.ordinal()] = get(row, metric);
        }
        return Activity.split(values);
    }

    /// Why an attempt failed; null if it did not.
    public Failure failure(int row) {
        return failures.get(row);
    }

    /// How many attempts failed.
    public int failed() {
        return failures.size();
    }

    /// A metric of the attempts that ended well, in ascending order. Kept until the next attempt
    /// ends: every page of a stage asks for it. Not to be changed.
    public long[] sorted(TaskMetric metric) {
        int column = metric.ordinal();
        if (sorted[column] == null) {
            sorted[column] = inOrder(metric);
        }
        return sorted[column];
    }

    private long[] inOrder(TaskMetric metric) {
        long[] values = new long[size - failures.size()];
        int next = 0;
        for (int row = 0; row < size; row++) {
            if (!failures.containsKey(row)) {
                values[next++] = get(row, metric);
            }
        }
        Arrays.sort(values);
        return values;
    }

    /// The rows with the largest values of a metric among those that ended well, largest first.
    public int[] largest(TaskMetric metric, int most) {
        long[] values = sorted(metric);
        if (values.length == 0 || most <= 0) {
            return new int[0];
        }
        long least = values[Math.max(0, values.length - most)];
        return IntStream.range(0, size)
                .filter(row -> get(row, metric) >= least && !failures.containsKey(row))
                .boxed()
                .sorted(Comparator.comparingLong((Integer row) -> -get(row, metric)))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// The row whose metric is largest among those that ended well, or -1.
    public int largest(TaskMetric metric) {
        int best = -1;
        for (int row = 0; row < size; row++) {
            if (!failures.containsKey(row) && (best < 0 || get(row, metric) > get(best, metric))) {
                best = row;
            }
        }
        return best;
    }
}
