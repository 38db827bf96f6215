package io.troupe.planner.function;

/// Strings.
final class StringFunctions {
    private StringFunctions() {}

    static void register(ScalarTable table) {}
}
