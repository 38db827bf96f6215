package io.troupe.columnar.arrow;

import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.UserDefinedType;

/// Facts about types on the wire.
final class ArrowTypes {
    private ArrowTypes() {}

    /// The type that stores a value: user-defined types travel as their SQL type.
    static DataType plain(DataType type) {
        return type instanceof UserDefinedType user ? plain(user.sqlType()) : type;
    }

    /// Bytes of one value of a type of INT storage.
    static int intWidth(DataType type) {
        return type == AtomicType.BYTE ? 1 : type == AtomicType.SHORT ? 2 : 4;
    }
}
