package io.troupe.planner.function;

/// Dates.
final class DateFunctions {
    private DateFunctions() {}

    static void register(ScalarTable table) {}
}
