package io.troupe.driver.command;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.YearMonthIntervalType;

/// Which values may be stored in a column of another type: Spark's ANSI store assignment, which
/// refuses what is likely a mistake.
final class Assignment {
    private Assignment() {}

    static boolean allowed(DataType from, DataType to) {
        if (from.equals(to) || from == AtomicType.VOID) {
            return true;
        }
        if (from.isNumeric() && to.isNumeric()) {
            return true;
        }
        if (to instanceof StringType) {
            return from instanceof StringType || !from.isNested() && !isInterval(from);
        }
        if (isMoment(from) && isMoment(to)) {
            return true;
        }
        return nested(from, to);
    }

    private static boolean isInterval(DataType type) {
        return type instanceof DayTimeIntervalType
                || type instanceof YearMonthIntervalType
                || type == AtomicType.CALENDAR_INTERVAL;
    }

    private static boolean isMoment(DataType type) {
        return type == AtomicType.DATE
                || type == AtomicType.TIMESTAMP
                || type == AtomicType.TIMESTAMP_NTZ;
    }

    private static boolean nested(DataType from, DataType to) {
        if (from instanceof ArrayType source && to instanceof ArrayType target) {
            return allowed(source.element(), target.element());
        }
        if (from instanceof MapType source && to instanceof MapType target) {
            return allowed(source.key(), target.key()) && allowed(source.value(), target.value());
        }
        if (from instanceof DayTimeIntervalType && to instanceof DayTimeIntervalType
                || from instanceof YearMonthIntervalType && to instanceof YearMonthIntervalType) {
            return true;
        }
        if (!(from instanceof StructType source && to instanceof StructType target)
                || source.fields().size() != target.fields().size()) {
            return false;
        }
        for (int i = 0; i < source.fields().size(); i++) {
            if (!allowed(source.fields().get(i).type(), target.fields().get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
