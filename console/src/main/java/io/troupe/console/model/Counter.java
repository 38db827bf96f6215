package io.troupe.console.model;

/// A counter of tasks, as `docs/event-log.md` names it, and what its name says about it: asked once
/// for each of its names, not for each task.
///
/// @param name as in the log
/// @param metric what it adds to, or null
/// @param isPeak whether the largest value counts, not the sum
/// @param key the key whose rows it counts; empty where it counts something else of a key, null
///   where it is of none
record Counter(String name, TaskMetric metric, boolean isPeak, String key) {
    private static final String HEAVY = "exchange.heavy.";
    private static final String ROWS = ".rows";

    static Counter named(String name) {
        boolean heavy = name.startsWith(HEAVY);
        boolean hasKey =
                heavy && name.endsWith(ROWS) && name.length() > HEAVY.length() + ROWS.length();
        return new Counter(
                name,
                TaskMetric.ofCounter(name),
                name.endsWith(".peak.bytes"),
                hasKey
                        ? name.substring(HEAVY.length(), name.length() - ROWS.length())
                        : heavy ? "" : null);
    }

    long together(long one, long other) {
        return isPeak ? Math.max(one, other) : one + other;
    }
}
