package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/// Errors about calls of functions.
public final class FunctionErrors {
    private static final List<String> ORDINALS =
            List.of(
                    "first",
                    "second",
                    "third",
                    "fourth",
                    "fifth",
                    "sixth",
                    "seventh",
                    "eighth",
                    "ninth",
                    "tenth",
                    "eleventh",
                    "twelfth",
                    "thirteenth",
                    "fourteenth",
                    "fifteenth",
                    "sixteenth");

    private FunctionErrors() {}

    public static String ordinal(int index) {
        return index < ORDINALS.size() ? ORDINALS.get(index) : (index + 1) + "th";
    }

    public static TroupeException wrongCount(String function, String expected, int actual) {
        return Conditions.analysis(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "functionName",
                id(function),
                "expectedNum",
                expected,
                "actualNum",
                Integer.toString(actual));
    }

    public static TroupeException wrongInput(
            String call, int index, String required, Typed argument) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                "sqlExpr",
                quoted(call),
                "paramIndex",
                ordinal(index),
                "requiredType",
                required,
                "inputSql",
                quoted(argument.text()),
                "inputType",
                quoted(argument.type().sql()));
    }

    public static TroupeException differentTypes(
            String call, String function, List<? extends DataType> types) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                "sqlExpr",
                quoted(call),
                "functionName",
                id(function),
                "dataType",
                types.stream()
                        .map(type -> quoted(type.sql()))
                        .collect(Collectors.joining(" or ", "(", ")")));
    }

    public static TroupeException operandTypes(String call, DataType left, DataType right) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                "sqlExpr",
                quoted(call),
                "left",
                quoted(left.sql()),
                "right",
                quoted(right.sql()));
    }

    public static TroupeException operatorInput(String call, String required, DataType actual) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                "sqlExpr",
                quoted(call),
                "inputType",
                required,
                "actualDataType",
                quoted(actual.sql()));
    }

    public static TroupeException notOrderable(String call, String function, DataType type) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                "sqlExpr",
                quoted(call),
                "functionName",
                id(function),
                "dataType",
                quoted(type.sql()));
    }

    public static TroupeException notFoldable(
            String call, String parameter, String type, Typed argument) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                "sqlExpr",
                quoted(call),
                "inputName",
                id(parameter),
                "inputType",
                quoted(type),
                "inputExpr",
                quoted(argument.text()));
    }
}
