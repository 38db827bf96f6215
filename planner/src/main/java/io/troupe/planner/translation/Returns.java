package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;

/// What PySpark makes of the value that a function returns.
///
/// @param arrow whether values return as Arrow; else as pickles, where a value of another type is
///   null
record Returns(DataType type, boolean arrow) {
    Part converted(Part part, Checks checks) {
        return switch (part.kind()) {
            case NONE -> new Part(Literal.ofNull(type), Kind.OTHER, null, Part.Nulls.NONE);
            case BOOL -> bool(part);
            case INT -> whole(part, checks);
            case FLOAT -> floating(part);
            case TEXT, DATE, OTHER -> {
                if (!part.value().type().equals(type)) {
                    throw other(part.kind());
                }
                yield result(part, part.value());
            }
        };
    }

    private Part result(Part part, Expression value) {
        return new Part(value, Kind.OTHER, null, part.nulls());
    }

    private UntranslatableException other(Kind kind) {
        return new UntranslatableException(
                "it returns " + kind.shown + " where " + type.simpleString() + " is promised");
    }

    private Part bool(Part part) {
        if (type == AtomicType.BOOLEAN) {
            return result(part, part.value());
        }
        if (type.equals(StringType.STRING)) {
            return result(part, BuiltIns.cast(part.value(), type));
        }
        throw other(Kind.BOOL);
    }

    private Part whole(Part part, Checks checks) {
        if (type.equals(StringType.STRING)) {
            return result(part, BuiltIns.cast(part.value(), type));
        }
        if (type == AtomicType.DOUBLE && arrow) {
            Range bounds = Range.EXACT;
            return part.range().within(bounds)
                    ? result(part, BuiltIns.cast(part.value(), type))
                    : narrowed(part, bounds, checks);
        }
        int bits =
                switch (type) {
                    case AtomicType.BYTE -> 8;
                    case AtomicType.SHORT -> 16;
                    case AtomicType.INTEGER -> 32;
                    case AtomicType.LONG -> 64;
                    default -> throw other(Kind.INT);
                };
        return part.range().within(Range.bits(bits))
                ? result(part, BuiltIns.cast(part.value(), type))
                : narrowed(part, Range.bits(bits), checks);
    }

    private Part narrowed(Part part, Range bounds, Checks checks) {
        Expression fits = Numbers.within(part.value(), bounds);
        if (part.mayBeNone()) {
            checks.add(BuiltIns.or(BuiltIns.isNull(part.value()), fits));
            return result(part, BuiltIns.tryCast(part.value(), type));
        }
        Expression value = BuiltIns.tryCast(part.value(), type);
        return new Part(
                type == AtomicType.DOUBLE ? BuiltIns.onlyWhere(fits, value) : value,
                Kind.OTHER,
                null,
                Part.Nulls.FAILS);
    }

    private Part floating(Part part) {
        if (type == AtomicType.DOUBLE || type == AtomicType.FLOAT) {
            return result(part, BuiltIns.cast(part.value(), type));
        }
        throw other(Kind.FLOAT);
    }
}
