package io.troupe.columnar.sink;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;

/// Schemas in Spark's JSON, as Parquet footers carry them.
final class SchemaText {
    private SchemaText() {}

    static String json(DataType type) {
        return switch (type) {
            case StructType struct -> {
                StringBuilder text = new StringBuilder("{\"type\":\"struct\",\"fields\":[");
                String between = "";
                for (StructField field : struct.fields()) {
                    text.append(between).append(field(field));
                    between = ",";
                }
                yield text.append("]}").toString();
            }
            case ArrayType array ->
                    "{\"type\":\"array\",\"elementType\":"
                            + json(array.element())
                            + ",\"containsNull\":"
                            + array.containsNull()
                            + "}";
            case MapType map ->
                    "{\"type\":\"map\",\"keyType\":"
                            + json(map.key())
                            + ",\"valueType\":"
                            + json(map.value())
                            + ",\"valueContainsNull\":"
                            + map.valueContainsNull()
                            + "}";
            case UserDefinedType user -> json(user.sqlType());
            case AtomicType atomic -> "\"" + name(atomic) + "\"";
            default -> "\"" + type.simpleString() + "\"";
        };
    }

    private static String name(AtomicType type) {
        return switch (type) {
            case BYTE -> "byte";
            case SHORT -> "short";
            case INTEGER -> "integer";
            case LONG -> "long";
            default -> type.simpleString();
        };
    }

    private static String field(StructField field) {
        return "{\"name\":"
                + quoted(field.name())
                + ",\"type\":"
                + json(field.type())
                + ",\"nullable\":"
                + field.nullable()
                + ",\"metadata\":"
                + field.metadata()
                + "}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
