package io.troupe.planner.type;

/// ANSI interval of microseconds; `start` and `end` are its declared fields.
public record DayTimeIntervalType(Field start, Field end) implements DataType {
    public enum Field {
        DAY,
        HOUR,
        MINUTE,
        SECOND
    }

    public static final DayTimeIntervalType DEFAULT =
            new DayTimeIntervalType(Field.DAY, Field.SECOND);

    @Override
    public String simpleString() {
        String from = start.name().toLowerCase(java.util.Locale.ROOT);
        return "interval "
                + (start == end
                        ? from
                        : from + " to " + end.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public Storage storage() {
        return Storage.LONG;
    }
}
