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
        MathFunctions.register(table);
        RoundingFunctions.register(table);
        EncodingFunctions.register(table);
        TextQuestions.register(table);
        ArrayFunctions.register(table);
        ArrayQuestions.register(table);
        MapFunctions.register(table);
        SequenceFunction.register(table);
        JsonFunctions.register(table);
        VariantFunctions.register(table);
        CsvFunctions.register(table);
        FormatFunctions.register(table);
        SessionFunctions.register(table);
        UrlFunctions.register(table);
        VectorMathFunctions.register(table);
        CipherFunctions.register(table);
        TimeBuckets.register(table);
    }
}
