package io.troupe.driver.command;

import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// What a command gives back.
public sealed interface Answer {
    /// Rows of literal values by the schema's types.
    record Rows(StructType schema, List<List<Object>> rows) implements Answer {}

    /// A query to run, as EXECUTE IMMEDIATE gives it.
    record Query(LogicalPlan plan) implements Answer {}

    /// Of a command that only acts.
    Rows NOTHING = new Rows(new StructType(List.of()), List.of());

    /// One column of text that is never null.
    static Rows texts(String column, List<String> values) {
        return new Rows(
                schema(column), values.stream().map(value -> List.<Object>of(value)).toList());
    }

    /// A schema of columns `name` (text, not null), `name?` (text, nullable), `name!` (boolean, not
    /// null).
    static StructType schema(String... columns) {
        List<StructField> fields = new ArrayList<>();
        for (String column : columns) {
            String name = column.replaceAll("[?!]$", "");
            boolean truth = column.endsWith("!");
            fields.add(
                    new StructField(
                            name,
                            truth ? AtomicType.BOOLEAN : StringType.STRING,
                            column.endsWith("?")));
        }
        return new StructType(fields);
    }
}
