package io.troupe.columnar.function;

/// All families of functions.
final class Families {
    private Families() {}

    static void register(FunctionTable table) {
        ArithmeticFunctions.register(table);
        ComparisonFunctions.register(table);
        TextFunctions.register(table);
        TextParts.register(table);
        SearchFunctions.register(table);
        DateFunctions.register(table);
        TimestampFunctions.register(table);
        TimeTextFunctions.register(table);
        TimeMakers.register(table);
    }
}
