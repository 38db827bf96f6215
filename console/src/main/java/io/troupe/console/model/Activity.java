package io.troupe.console.model;

/// What a core does with its time. What is left of a slot's time is idle.
public enum Activity {
    COMPUTE("compute"),
    PYTHON("python"),
    SHUFFLE_WAIT("shuffleWait"),
    SPILL("spill"),
    GC("gc"),
    SCHEDULING("scheduling");

    /// How many there are.
    static final int COUNT = values().length;

    private final String key;

    Activity(String key) {
        this.key = key;
    }

    /// Its name in answers.
    public String key() {
        return key;
    }

    /// A task's time by what it went to; waits that overlap are counted once, in the order of the
    /// constants after compute.
    ///
    /// @param values the task's metrics, by their ordinals
    static long[] split(long[] values) {
        long[] nanos = new long[COUNT];
        long left = values[TaskMetric.RUN.ordinal()];
        left -= nanos[PYTHON.ordinal()] = Math.min(left, values[TaskMetric.PYTHON.ordinal()]);
        left -=
                nanos[SHUFFLE_WAIT.ordinal()] =
                        Math.min(left, values[TaskMetric.SHUFFLE_WAIT.ordinal()]);
        left -= nanos[SPILL.ordinal()] = Math.min(left, values[TaskMetric.SPILL.ordinal()]);
        left -= nanos[GC.ordinal()] = Math.min(left, values[TaskMetric.GC.ordinal()]);
        nanos[COMPUTE.ordinal()] = left;
        nanos[SCHEDULING.ordinal()] = values[TaskMetric.SCHEDULING.ordinal()];
        return nanos;
    }
}
