package io.troupe.planner.type;

/// A Python user-defined type: stored as `sqlType`, made into objects by `pyClass` in Python only.
public record UserDefinedType(DataType sqlType, String pyClass, String serializedClass)
        implements DataType {
    @Override
    public String simpleString() {
        return "udt";
    }

    @Override
    public Storage storage() {
        return sqlType.storage();
    }
}
