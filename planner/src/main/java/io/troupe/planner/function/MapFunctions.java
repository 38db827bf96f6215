package io.troupe.planner.function;

/// Maps and access into nested values.
final class MapFunctions {
    private MapFunctions() {}

    static void register(ScalarTable table) {}
}
