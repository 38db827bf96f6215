package io.troupe.planner.function;

/// JSON, CSV and variants.
final class JsonFunctions {
    private JsonFunctions() {}

    static void register(ScalarTable table) {}
}
