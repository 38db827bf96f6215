package io.troupe.planner.function;

/// Numbers.
final class MathFunctions {
    private MathFunctions() {}

    static void register(ScalarTable table) {}
}
