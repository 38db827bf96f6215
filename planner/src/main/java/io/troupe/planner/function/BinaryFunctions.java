package io.troupe.planner.function;

/// Binary data, hashes, bitmaps.
final class BinaryFunctions {
    private BinaryFunctions() {}

    static void register(ScalarTable table) {}
}
