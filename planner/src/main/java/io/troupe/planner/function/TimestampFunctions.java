package io.troupe.planner.function;

/// Timestamps, times and intervals.
final class TimestampFunctions {
    private TimestampFunctions() {}

    static void register(ScalarTable table) {}
}
