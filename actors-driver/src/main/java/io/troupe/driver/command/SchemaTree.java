package io.troupe.driver.command;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;

/// A schema as an indented tree.
final class SchemaTree {
    private SchemaTree() {}

    static String text(StructType schema) {
        StringBuilder out = new StringBuilder("root\n");
        fields(schema, " |", out);
        return out.toString();
    }

    private static void fields(StructType struct, String indent, StringBuilder out) {
        for (StructField field : struct.fields()) {
            line(field.name(), field.type(), "nullable = " + field.nullable(), indent, out);
        }
    }

    private static void line(
            String name, DataType type, String nulls, String indent, StringBuilder out) {
        out.append(indent)
                .append("-- ")
                .append(name)
                .append(": ")
                .append(kind(type))
                .append(" (")
                .append(nulls)
                .append(")\n");
        String deeper = indent + "    |";
        switch (type) {
            case StructType struct -> fields(struct, deeper, out);
            case ArrayType array ->
                    line(
                            "element",
                            array.element(),
                            "containsNull = " + array.containsNull(),
                            deeper,
                            out);
            case MapType map -> {
                out.append(deeper).append("-- key: ").append(kind(map.key())).append('\n');
                line(
                        "value",
                        map.value(),
                        "valueContainsNull = " + map.valueContainsNull(),
                        deeper,
                        out);
            }
            default -> {}
        }
    }

    private static String kind(DataType type) {
        return switch (type) {
            case StructType ignored -> "struct";
            case ArrayType ignored -> "array";
            case MapType ignored -> "map";
            case AtomicType.INTEGER -> "integer";
            case AtomicType.LONG -> "long";
            case AtomicType.SHORT -> "short";
            case AtomicType.BYTE -> "byte";
            default -> type.simpleString();
        };
    }
}
