package io.troupe.planner.expression;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;

/// Which casts Spark declares nullable whatever their input (also in ANSI mode, where they raise an
/// error instead).
final class CastNullability {
    private CastNullability() {}

    static boolean mayFail(DataType from, DataType to) {
        if (from.equals(to) || from == AtomicType.VOID) {
            return false;
        }
        if (from instanceof StringType) {
            return !(to instanceof StringType) && to != AtomicType.BINARY;
        }
        if (to instanceof StringType) {
            return false;
        }
        if (from.isFractional() && to == AtomicType.TIMESTAMP) {
            return true;
        }
        if (from == AtomicType.TIMESTAMP
                && (to == AtomicType.BYTE || to == AtomicType.SHORT || to == AtomicType.INTEGER)) {
            return true;
        }
        if (to == AtomicType.DATE) {
            return from != AtomicType.TIMESTAMP && from != AtomicType.TIMESTAMP_NTZ;
        }
        if (to == AtomicType.CALENDAR_INTERVAL) {
            return true;
        }
        if (to instanceof DecimalType decimal) {
            return !fits(from, decimal);
        }
        if ((from.isFractional() || from instanceof DecimalType) && to.isIntegral()) {
            return true;
        }
        return nested(from, to);
    }

    private static boolean nested(DataType from, DataType to) {
        return switch (from) {
            case ArrayType array when to instanceof ArrayType target ->
                    mayFail(array.element(), target.element());
            case MapType map when to instanceof MapType target ->
                    mayFail(map.key(), target.key()) || mayFail(map.value(), target.value());
            case StructType struct when to instanceof StructType target -> {
                boolean fails = false;
                for (int i = 0; i < Math.min(struct.fields().size(), target.fields().size()); i++) {
                    fails |= mayFail(struct.fields().get(i).type(), target.fields().get(i).type());
                }
                yield fails;
            }
            default -> false;
        };
    }

    /// Whether every value of the type fits the decimal.
    private static boolean fits(DataType from, DecimalType to) {
        int digits = to.precision() - to.scale();
        return switch (from) {
            case AtomicType.BOOLEAN -> digits >= 1;
            case AtomicType.BYTE -> digits >= 3;
            case AtomicType.SHORT -> digits >= 5;
            case AtomicType.INTEGER -> digits >= 10;
            case AtomicType.LONG -> digits >= 20;
            case DecimalType decimal ->
                    digits >= decimal.precision() - decimal.scale()
                            && to.scale() >= decimal.scale();
            default -> false;
        };
    }
}
