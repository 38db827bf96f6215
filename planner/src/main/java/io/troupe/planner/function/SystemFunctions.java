package io.troupe.planner.function;

/// Session, randomness, checks.
final class SystemFunctions {
    private SystemFunctions() {}

    static void register(ScalarTable table) {}
}
