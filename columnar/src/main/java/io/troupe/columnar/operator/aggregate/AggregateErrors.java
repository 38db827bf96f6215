package io.troupe.columnar.operator.aggregate;

import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// Spark's errors of aggregate functions.
final class AggregateErrors {
    private AggregateErrors() {}

    static TroupeException longOverflow() {
        return overflow("overflow", "try_add");
    }

    static TroupeException decimalOverflow(String function) {
        return overflow("Overflow in sum of decimals", function);
    }

    static TroupeException intervalOverflow() {
        return new TroupeException(
                TroupeException.Kind.ArithmeticException,
                "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION",
                "22015",
                "Integer overflow while operating with intervals. Use `try_add` to tolerate overflow and return NULL instead.",
                Map.of("functionName", "`try_add`"));
    }

    private static TroupeException overflow(String what, String alternative) {
        return new TroupeException(
                TroupeException.Kind.ArithmeticException,
                "ARITHMETIC_OVERFLOW",
                "22003",
                what
                        + ". Use '"
                        + alternative
                        + "' to tolerate overflow and return NULL instead. If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass"
                        + " this error.",
                Map.of(
                        "message",
                        what,
                        "alternative",
                        alternative,
                        "config",
                        "\"spark.sql.ansi.enabled\""));
    }

    static TroupeException decimalOutOfRange(String value, int precision, int scale) {
        return new TroupeException(
                TroupeException.Kind.ArithmeticException,
                "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                "22003",
                value
                        + " cannot be represented as Decimal("
                        + precision
                        + ", "
                        + scale
                        + "). If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error, and return NULL instead.",
                Map.of(
                        "value",
                        value,
                        "precision",
                        String.valueOf(precision),
                        "scale",
                        String.valueOf(scale),
                        "config",
                        "\"spark.sql.ansi.enabled\""));
    }

    static TroupeException outOfMemory(String operator) {
        return new TroupeException(
                TroupeException.Kind.SparkException,
                "OPERATOR_OUT_OF_MEMORY",
                "53200",
                operator
                        + " does not fit into memory and cannot be divided further. Raise spark.executor.memory or"
                        + " spark.sql.shuffle.partitions.",
                Map.of("operator", operator));
    }
}
