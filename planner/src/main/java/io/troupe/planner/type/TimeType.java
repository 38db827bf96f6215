package io.troupe.planner.type;

/// Time of day with `precision` fractional digits of a second (0 to 6), held as nanoseconds.
public record TimeType(int precision) implements DataType {
    public static final TimeType DEFAULT = new TimeType(6);

    @Override
    public String simpleString() {
        return "time(" + precision + ")";
    }

    @Override
    public Storage storage() {
        return Storage.LONG;
    }
}
