package io.troupe.planner.type;

/// A Spark SQL data type. Literal values of a type, wherever the planner holds one, are: `Boolean`;
/// `Byte`, `Short`, `Integer`, `Long`; `Float`, `Double`; `BigDecimal` (scale = the type's);
/// `String`; `byte[]`; date = `Integer` days since the epoch; timestamps = `Long` microseconds
/// since the epoch (NTZ: of the local time); time = `Long` nanoseconds of the day; year-month
/// interval = `Integer` months; day-time interval = `Long` microseconds; calendar interval =
/// [CalendarInterval]; array = `List<Object>`; map = `List<Map.Entry<Object, Object>>` in order;
/// struct = `List<Object>` by position. SQL NULL is `null`.
public sealed interface DataType
        permits AtomicType,
                DecimalType,
                StringType,
                YearMonthIntervalType,
                DayTimeIntervalType,
                TimeType,
                ArrayType,
                MapType,
                StructType,
                UserDefinedType {

    /// The type's name as Spark SQL prints it in schemas and errors, such as `decimal(10,2)` or
    /// `array<int>`.
    String simpleString();

    /// The type in upper-case SQL, such as `BIGINT` or `ARRAY<INT>`.
    default String sql() {
        return simpleString().toUpperCase(java.util.Locale.ROOT);
    }

    /// How a vector of this type stores its values.
    Storage storage();

    default boolean isNumeric() {
        return this instanceof DecimalType || this instanceof AtomicType atomic && atomic.numeric();
    }

    default boolean isIntegral() {
        return this == AtomicType.BYTE
                || this == AtomicType.SHORT
                || this == AtomicType.INTEGER
                || this == AtomicType.LONG;
    }

    default boolean isFractional() {
        return this == AtomicType.FLOAT || this == AtomicType.DOUBLE;
    }

    default boolean isNested() {
        return this instanceof ArrayType || this instanceof MapType || this instanceof StructType;
    }
}
