package io.troupe.planner.catalog;

import io.troupe.planner.type.StructType;
import java.util.List;

/// What a Python table function's `analyze` decided for one call.
///
/// @param partitionBy SQL expressions over the table argument's columns
/// @param select SQL expressions that the function sees instead of all columns; empty for all
/// @param pickled the result itself, for the function's constructor
public record TableFunctionResult(
        StructType schema,
        boolean singlePartition,
        List<String> partitionBy,
        List<Order> orderBy,
        List<Selected> select,
        byte[] pickled) {
    /// `nullsFirst` null for the default.
    public record Order(String expression, boolean ascending, Boolean nullsFirst) {}

    /// `alias` empty when the column keeps its name.
    public record Selected(String expression, String alias) {}
}
