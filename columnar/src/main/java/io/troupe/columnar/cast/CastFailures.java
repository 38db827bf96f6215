package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.Failures;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;

/// Errors of casts that do not fit.
final class CastFailures {
    private CastFailures() {}

    static TroupeException overflow(Object value, DataType from, DataType to) {
        return Failures.arithmetic(
                "CAST_OVERFLOW",
                "value",
                literal(value, from),
                "sourceType",
                "\"" + from.sql() + "\"",
                "targetType",
                "\"" + to.sql() + "\"",
                "ansiConfig",
                Failures.ANSI_CONFIG);
    }

    private static String literal(Object value, DataType type) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString() + "BD";
        }
        return switch (type) {
            case AtomicType.LONG -> value + "L";
            case AtomicType.SHORT -> value + "S";
            case AtomicType.BYTE -> value + "Y";
            case AtomicType.DOUBLE -> value + "D";
            case AtomicType.FLOAT -> value + "F";
            default -> String.valueOf(value);
        };
    }

    static TroupeException decimalOverflow(BigDecimal value, DecimalType type) {
        return Failures.outOfRange(value.toPlainString(), type.precision(), type.scale());
    }

    static TroupeException malformed(String text, DataType from, DataType to) {
        TroupeException.Kind kind =
                to == AtomicType.BOOLEAN
                        ? TroupeException.Kind.SparkRuntimeException
                        : to.isNumeric()
                                ? TroupeException.Kind.NumberFormatException
                                : TroupeException.Kind.DateTimeException;
        return Failures.invalidInput(
                kind, "'" + text.replace("'", "\\'") + "'", from.sql(), to.sql());
    }
}
