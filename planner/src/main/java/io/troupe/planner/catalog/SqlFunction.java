package io.troupe.planner.catalog;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A function whose body is SQL: `CREATE FUNCTION f(x INT DEFAULT 1) RETURNS INT RETURN x + 1`.
///
/// @param returns null when the body's type is the result's
/// @param body the expression or query as written
/// @param query whether the body is a query
/// @param comment null when absent
public record SqlFunction(
        List<String> name,
        List<Parameter> parameters,
        DataType returns,
        String body,
        boolean query,
        String comment) {
    /// `standard` is the default value as SQL text, null for none.
    public record Parameter(String name, DataType type, String standard) {}

    public SqlFunction {
        name = List.copyOf(name);
        parameters = List.copyOf(parameters);
    }
}
