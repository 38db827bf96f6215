package io.troupe.planner.function;

/// Patterns and splitting.
final class RegexFunctions {
    private RegexFunctions() {}

    static void register(ScalarTable table) {}
}
