package io.troupe.console.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// An attempt of a stage.
public final class StageModel {
    private static final int MOST_KEYS = 64;

    private final int number;
    private final long query;
    private final int stage;
    private final int attempt;
    private final long job;
    private final int tasks;
    private final long started;
    private final Map<String, Sum> counters = new HashMap<>();
    private final Map<String, Long> heavyKeys = new TreeMap<>();
    private final long[] sums = new long[TaskMetric.values().length];
    private final long[] activities = new long[Activity.values().length];
    private Map<String, Long> shown;
    private TaskTable table = new TaskTable();
    private State state = State.ACTIVE;
    private String reason = "";
    private long ended;
    private int succeeded;
    private int failed;
    private int running;

    /// How it stands.
    public enum State {
        ACTIVE,
        COMPLETE,
        FAILED
    }

    /// A counter's sum over tasks.
    private static final class Sum {
        private long value;
    }

    StageModel(int number, LoggedEvent event) {
        this.number = number;
        this.query = event.number("query");
        this.stage = (int) event.number("stage");
        this.attempt = (int) event.number("attempt");
        this.job = event.number("job");
        this.tasks = (int) event.number("tasks");
        this.started = event.time();
    }

    /// Adds an ended task attempt.
    ///
    /// @param values its measurements, by the ordinals of [TaskMetric]
    /// @param split its time, by the ordinals of [Activity]
    void add(TaskEnd task, TaskTable.Place place, long[] values, long[] split) {
        Failure failure = task.notes().failure();
        if (failure == null) {
            succeeded++;
            count(task.counters());
        } else {
            failed++;
        }
        running = Math.max(0, running - 1);
        TaskMetric.sum(sums, values);
        for (int i = 0; i < split.length; i++) {
            activities[i] += split[i];
        }
        table.add(place, values, failure);
    }

    private void count(TaskCounters task) {
        shown = null;
        for (int i = 0; i < task.size(); i++) {
            Counter counter = task.counter(i);
            if (counter.key() == null) {
                Sum sum = counters.get(counter.name());
                if (sum == null) {
                    sum = new Sum();
                    sum.value = task.value(i);
                    counters.put(counter.name(), sum);
                } else {
                    sum.value = counter.together(sum.value, task.value(i));
                }
            } else if (!counter.key().isEmpty()) {
                heavyKeys.merge(counter.key(), task.value(i), Long::sum);
                if (heavyKeys.size() > MOST_KEYS) {
                    heavyKeys.entrySet().remove(lightest());
                }
            }
        }
    }

    private Map.Entry<String, Long> lightest() {
        return Collections.min(heavyKeys.entrySet(), Map.Entry.comparingByValue());
    }

    void end(long time, State how, String why) {
        state = how;
        ended = time;
        reason = why;
        running = 0;
    }

    void running(int count) {
        running = count;
    }

    /// Forgets the single tasks; the sums stay.
    int forgetTasks() {
        int rows = table.size();
        table = new TaskTable();
        return rows;
    }

    /// Its number in the application, which attempts share.
    public int number() {
        return number;
    }

    public long query() {
        return query;
    }

    /// Its number within the query.
    public int stage() {
        return stage;
    }

    public int attempt() {
        return attempt;
    }

    public long job() {
        return job;
    }

    /// Tasks that this attempt runs.
    public int tasks() {
        return tasks;
    }

    /// Milliseconds since the epoch.
    public long started() {
        return started;
    }

    /// Milliseconds since the epoch, or 0 while it runs.
    public long ended() {
        return ended;
    }

    public State state() {
        return state;
    }

    /// Why it was called off, or empty.
    public String reason() {
        return reason;
    }

    public int succeeded() {
        return succeeded;
    }

    /// Task attempts that failed.
    public int failed() {
        return failed;
    }

    /// Tasks that run, as of the last sample.
    public int running() {
        return state == State.ACTIVE ? Math.min(running, Math.max(0, tasks - succeeded)) : 0;
    }

    /// Sums over the tasks that ended well, by the names of the log; the largest value of peaks.
    public Map<String, Long> counters() {
        if (shown == null) {
            shown = new TreeMap<>();
            counters.forEach((name, sum) -> shown.put(name, sum.value));
        }
        return shown;
    }

    /// Keys that many of the rows that it handed on have, with an estimate of how many.
    public Map<String, Long> heavyKeys() {
        return heavyKeys;
    }

    /// Sum over all ended attempts; the largest value of peaks.
    public long sum(TaskMetric metric) {
        return sums[metric.ordinal()];
    }

    /// Time of its tasks that went to an activity, in nanoseconds.
    public long nanos(Activity activity) {
        return activities[activity.ordinal()];
    }

    /// Its ended task attempts; empty where they were forgotten.
    public TaskTable table() {
        return table;
    }

    /// Whether single tasks of it are known.
    public boolean hasTasks() {
        return table.size() == succeeded + failed;
    }
}
