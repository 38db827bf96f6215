package io.troupe.planner.type;

public record ArrayType(DataType element, boolean containsNull) implements DataType {
    @Override
    public String simpleString() {
        return "array<" + element.simpleString() + ">";
    }

    @Override
    public Storage storage() {
        return Storage.ARRAY;
    }

    @Override
    public String sql() {
        return "ARRAY<" + element.sql() + ">";
    }
}
