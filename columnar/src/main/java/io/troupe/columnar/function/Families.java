package io.troupe.columnar.function;

/// All families of functions.
final class Families {
    private Families() {}

    static void register(FunctionTable table) {
        ArithmeticFunctions.register(table);
        ComparisonFunctions.register(table);
    }
}
