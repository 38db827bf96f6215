package io.troupe.planner.type;

import java.util.List;
import java.util.stream.Collectors;

public record StructType(List<StructField> fields) implements DataType {
    public StructType {
        fields = List.copyOf(fields);
    }

    @Override
    public String simpleString() {
        return fields.stream()
                .map(field -> field.name() + ":" + field.type().simpleString())
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    @Override
    public Storage storage() {
        return Storage.STRUCT;
    }

    @Override
    public String sql() {
        return fields.stream()
                .map(field ->
                        quoted(field.name())
                                + ": "
                                + field.type().sql()
                                + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
