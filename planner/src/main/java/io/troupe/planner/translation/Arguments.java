package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;

/// Columns as Python sees them.
final class Arguments {
    private Arguments() {}

    /// The value that Python gets, with checks that it gets one: turning the column into Python
    /// values must not fail, even when the function does not use it.
    static Part part(Expression column, Checks checks) {
        DataType type = column.type();
        Part.Nulls nulls = column.nullable() ? Part.Nulls.NONE : Part.Nulls.NEVER;
        if (type instanceof AtomicType atomic) {
            switch (atomic) {
                case VOID -> {
                    return Part.ABSENT;
                }
                case BOOLEAN -> {
                    return Part.of(column, Kind.BOOL, nulls);
                }
                case BYTE -> {
                    return whole(column, 8, nulls);
                }
                case SHORT -> {
                    return whole(column, 16, nulls);
                }
                case INTEGER -> {
                    return whole(column, 32, nulls);
                }
                case LONG -> {
                    return whole(column, 64, nulls);
                }
                case FLOAT, DOUBLE -> {
                    return Part.of(BuiltIns.cast(column, AtomicType.DOUBLE), Kind.FLOAT, nulls);
                }
                case DATE -> {
                    checkYear(column, checks);
                    return Part.of(column, Kind.DATE, nulls);
                }
                case BINARY -> {
                    return Part.of(column, Kind.OTHER, nulls);
                }
                default -> {}
            }
        }
        if (type instanceof DecimalType) {
            return Part.of(column, Kind.OTHER, nulls);
        }
        if (type.equals(StringType.STRING)) {
            checks.add(BuiltIns.question("is_decodable", column));
            return Part.of(column, Kind.TEXT, nulls);
        }
        throw new UntranslatableException(
                "arguments of type " + type.simpleString() + " are left to Python");
    }

    private static Part whole(Expression column, int bits, Part.Nulls nulls) {
        return new Part(BuiltIns.cast(column, AtomicType.LONG), Kind.INT, Range.bits(bits), nulls);
    }

    /// Python's dates begin with the year 1 and end with 9999.
    private static void checkYear(Expression column, Checks checks) {
        Expression first = new Literal(-719_162, AtomicType.DATE);
        Expression last = new Literal(2_932_896, AtomicType.DATE);
        Expression inside =
                BuiltIns.and(BuiltIns.call(">=", column, first), BuiltIns.call("<=", column, last));
        checks.add(column.nullable() ? BuiltIns.or(BuiltIns.isNull(column), inside) : inside);
    }
}
