package io.troupe.planner.function;

/// Arrays and structs.
final class ArrayFunctions {
    private ArrayFunctions() {}

    static void register(ScalarTable table) {}
}
