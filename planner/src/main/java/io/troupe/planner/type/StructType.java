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
}
