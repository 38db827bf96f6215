package io.troupe.planner.type;

/// ANSI interval of months; `start` and `end` are its declared fields.
public record YearMonthIntervalType(Field start, Field end) implements DataType {
    public enum Field {
        YEAR,
        MONTH
    }

    public static final YearMonthIntervalType DEFAULT =
            new YearMonthIntervalType(Field.YEAR, Field.MONTH);

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
        return Storage.INT;
    }
}
