package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a parameter takes. `text` is how Spark's messages name it.
public sealed interface Accept {
    /// The type that an argument gets: its own when acceptable, one it is silently converted to, or
    /// null.
    DataType target(DataType from, boolean ansi);

    String text();

    /// One concrete type.
    record Exactly(DataType type) implements Accept {
        @Override
        public DataType target(DataType from, boolean ansi) {
            return Coercion.implicit(from, type, ansi);
        }

        @Override
        public String text() {
            return quoted(type.sql());
        }
    }

    /// A family of types; untyped NULL becomes `otherwise`, and so does a string when `fromString`.
    record Family(String name, Predicate<DataType> test, DataType otherwise, boolean fromString)
            implements Accept {
        @Override
        public DataType target(DataType from, boolean ansi) {
            if (test.test(from)) {
                return from;
            }
            return otherwise != null
                            && (from == AtomicType.VOID || fromString && from instanceof StringType)
                    ? otherwise
                    : null;
        }

        @Override
        public String text() {
            return quoted(name);
        }
    }

    /// The first that takes the argument as it is, else the first that it converts to.
    record AnyOf(List<Accept> choices) implements Accept {
        @Override
        public DataType target(DataType from, boolean ansi) {
            DataType converted = null;
            for (Accept choice : choices) {
                DataType target = choice.target(from, ansi);
                if (target != null && target.equals(from)) {
                    return from;
                }
                converted = converted == null ? target : converted;
            }
            return converted;
        }

        @Override
        public String text() {
            return choices.stream().map(Accept::text).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    /// An array whose elements are converted.
    record ArrayOf(Accept element) implements Accept {
        @Override
        public DataType target(DataType from, boolean ansi) {
            if (from == AtomicType.VOID) {
                DataType item = element.target(AtomicType.VOID, ansi);
                return new ArrayType(item == null ? AtomicType.VOID : item, true);
            }
            if (!(from instanceof ArrayType array)) {
                return null;
            }
            DataType item = element.target(array.element(), ansi);
            return item == null ? null : new ArrayType(item, array.containsNull());
        }

        @Override
        public String text() {
            String inner = element.text();
            return quoted("ARRAY<" + inner.substring(1, inner.length() - 1) + ">");
        }
    }

    Accept ANY = new Family("ANY", _ -> true, null, false);
    Accept STRING =
            new Family("STRING", StringType.class::isInstance, null, false)
                    .orConverted(StringType.STRING);
    Accept BINARY = new Exactly(AtomicType.BINARY);
    Accept BOOLEAN = new Exactly(AtomicType.BOOLEAN);
    Accept INT = new Exactly(AtomicType.INTEGER);
    Accept LONG = new Exactly(AtomicType.LONG);
    Accept DOUBLE = new Exactly(AtomicType.DOUBLE);
    Accept DATE = new Exactly(AtomicType.DATE);
    Accept TIMESTAMP = new Exactly(AtomicType.TIMESTAMP);
    Accept TIMESTAMP_NTZ = new Exactly(AtomicType.TIMESTAMP_NTZ);
    Accept CALENDAR_INTERVAL = new Exactly(AtomicType.CALENDAR_INTERVAL);
    Accept VARIANT = new Exactly(AtomicType.VARIANT);
    Accept DEFAULT_DECIMAL = new Exactly(new DecimalType(38, 18));
    Accept NUMERIC = new Family("NUMERIC", DataType::isNumeric, AtomicType.DOUBLE, true);
    Accept INTEGRAL = new Family("INTEGRAL", DataType::isIntegral, AtomicType.LONG, true);
    Accept DECIMAL =
            new Family("DECIMAL", DecimalType.class::isInstance, new DecimalType(38, 18), true);
    Accept ARRAY =
            new Family(
                    "ARRAY",
                    ArrayType.class::isInstance,
                    new ArrayType(AtomicType.VOID, true),
                    false);
    Accept MAP =
            new Family(
                    "MAP",
                    MapType.class::isInstance,
                    new MapType(AtomicType.VOID, AtomicType.VOID, true),
                    false);
    Accept STRUCT =
            new Family("STRUCT", StructType.class::isInstance, new StructType(List.of()), false);
    Accept TIME = new Family("TIME", TimeType.class::isInstance, TimeType.DEFAULT, true);
    Accept DAY_TIME =
            new Family(
                    "INTERVAL DAY TO SECOND",
                    DayTimeIntervalType.class::isInstance,
                    DayTimeIntervalType.DEFAULT,
                    true);
    Accept YEAR_MONTH =
            new Family(
                    "INTERVAL YEAR TO MONTH",
                    YearMonthIntervalType.class::isInstance,
                    YearMonthIntervalType.DEFAULT,
                    true);
    Accept ANSI_INTERVAL = new Family("ANSI INTERVAL", Coercion::isInterval, null, false);
    Accept ANY_TIMESTAMP =
            new Family(
                            "TIMESTAMP",
                            type ->
                                    type == AtomicType.TIMESTAMP
                                            || type == AtomicType.TIMESTAMP_NTZ,
                            AtomicType.TIMESTAMP,
                            true)
                    .orDate();
    Accept STRING_OR_BINARY = anyOf(STRING, BINARY);

    static Accept exactly(DataType type) {
        return new Exactly(type);
    }

    static Accept anyOf(Accept... choices) {
        return new AnyOf(List.of(choices));
    }

    static Accept arrayOf(Accept element) {
        return new ArrayOf(element);
    }

    /// Converts what silently converts to the type.
    default Accept orConverted(DataType type) {
        return new Converting(this, type);
    }

    /// Takes dates as timestamps.
    default Accept orDate() {
        return new Converting(this, AtomicType.TIMESTAMP);
    }

    /// Takes what `accepted` takes, and else converts to the type.
    record Converting(Accept accepted, DataType type) implements Accept {
        @Override
        public DataType target(DataType from, boolean ansi) {
            DataType own = accepted.target(from, ansi);
            return own != null ? own : Coercion.implicit(from, type, ansi);
        }

        @Override
        public String text() {
            return accepted.text();
        }
    }

    static List<Accept> list(Accept... accepts) {
        return new ArrayList<>(List.of(accepts));
    }
}
