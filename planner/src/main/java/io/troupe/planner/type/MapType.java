package io.troupe.planner.type;

public record MapType(DataType key, DataType value, boolean valueContainsNull) implements DataType {
    @Override
    public String simpleString() {
        return "map<" + key.simpleString() + "," + value.simpleString() + ">";
    }

    @Override
    public Storage storage() {
        return Storage.MAP;
    }

    @Override
    public String sql() {
        return "MAP<" + key.sql() + ", " + value.sql() + ">";
    }
}
