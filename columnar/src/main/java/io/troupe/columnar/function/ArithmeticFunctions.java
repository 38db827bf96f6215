package io.troupe.columnar.function;

import io.troupe.columnar.cast.Casts;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.DecimalArithmetic;
import io.troupe.columnar.kernel.Decimals;
import io.troupe.columnar.kernel.Division;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.FloatingArithmetic;
import io.troupe.columnar.kernel.IntegralArithmetic;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Operation;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;

/// `+ - * / % div pmod`, their `try_` forms, `negative`, `positive` and `abs`.
final class ArithmeticFunctions {
    private ArithmeticFunctions() {}

    static void register(FunctionTable table) {
        binary(table, "+", "try_add", Operation.ADD);
        binary(table, "-", "try_subtract", Operation.SUBTRACT);
        binary(table, "*", "try_multiply", Operation.MULTIPLY);
        binary(table, "/", "try_divide", Operation.DIVIDE);
        binary(table, "%", "try_mod", Operation.REMAINDER);
        table.alias("mod", "%");
        table.strict("div", factory(Operation.INTEGRAL_DIVIDE, null));
        table.strict("pmod", factory(Operation.POSITIVE_MODULUS, null));
        table.strict("positive", signature -> (arguments, rows) -> arguments[0]);
        table.strict("negative", ArithmeticFunctions::negative);
        table.strict("abs", ArithmeticFunctions::absolute);
    }

    private static void binary(
            FunctionTable table, String name, String tryName, Operation operation) {
        table.strict(name, factory(operation, null));
        table.strict(tryName, factory(operation, Overflow.NULL));
    }

    private static KernelFactory factory(Operation operation, Overflow overflow) {
        return signature -> {
            if (signature.size() == 1) {
                return operation == Operation.SUBTRACT
                        ? negative(signature)
                        : (arguments, rows) -> arguments[0];
            }
            Overflow effect = overflow == null ? Overflow.of(signature.ansi()) : overflow;
            return kernel(signature, operation, effect);
        };
    }

    private static VectorKernel kernel(
            Signature signature, Operation operation, Overflow overflow) {
        DataType left = signature.argument(0);
        DataType right = signature.argument(1);
        if (temporal(left) || temporal(right)) {
            return TimeArithmetic.kernel(signature, operation, overflow);
        }
        if (left instanceof DecimalType || right instanceof DecimalType) {
            return decimal(signature, operation, overflow);
        }
        DataType common = wider(left, right);
        VectorKernel first = Casts.kernel(left, common, overflow, signature.settings());
        VectorKernel second = Casts.kernel(right, common, overflow, signature.settings());
        VectorKernel core = core(signature, operation, common, overflow);
        if (left.equals(right)) {
            return core;
        }
        return (arguments, rows) ->
                core.apply(
                        new io.troupe.columnar.vector.Vector[] {
                            first.apply(
                                    new io.troupe.columnar.vector.Vector[] {arguments[0]}, rows),
                            second.apply(
                                    new io.troupe.columnar.vector.Vector[] {arguments[1]}, rows)
                        },
                        rows);
    }

    private static boolean temporal(DataType type) {
        return type == AtomicType.DATE
                || type == AtomicType.TIMESTAMP
                || type == AtomicType.TIMESTAMP_NTZ
                || type == AtomicType.CALENDAR_INTERVAL
                || type instanceof TimeType
                || type instanceof YearMonthIntervalType
                || type instanceof DayTimeIntervalType;
    }

    private static DataType wider(DataType left, DataType right) {
        return ((Enum<?>) left).ordinal() >= ((Enum<?>) right).ordinal() ? left : right;
    }

    private static VectorKernel core(
            Signature signature, Operation operation, DataType type, Overflow overflow) {
        boolean divides =
                switch (operation) {
                    case ADD, SUBTRACT, MULTIPLY -> false;
                    case DIVIDE, INTEGRAL_DIVIDE, REMAINDER, POSITIVE_MODULUS -> true;
                };
        if (operation == Operation.DIVIDE && type.isIntegral()) {
            throw new IllegalArgumentException(
                    "the operands of / are not coerced: " + signature.arguments());
        }
        if (divides) {
            VectorKernel division = new Division(operation, overflow);
            boolean widen = operation == Operation.INTEGRAL_DIVIDE && type != AtomicType.LONG;
            VectorKernel toLong =
                    widen
                            ? Casts.kernel(type, AtomicType.LONG, overflow, signature.settings())
                            : null;
            return widen
                    ? (arguments, rows) ->
                            toLong.apply(
                                    new io.troupe.columnar.vector.Vector[] {
                                        division.apply(arguments, rows)
                                    },
                                    rows)
                    : division;
        }
        if (type.isFractional()) {
            return new FloatingArithmetic(operation);
        }
        int bits =
                type == AtomicType.BYTE
                        ? 8
                        : type == AtomicType.SHORT ? 16 : type == AtomicType.LONG ? 64 : 32;
        return new IntegralArithmetic(operation, bits, overflow);
    }

    private static VectorKernel decimal(
            Signature signature, Operation operation, Overflow overflow) {
        DecimalType left = Decimals.typeOf(signature.argument(0));
        DecimalType right = Decimals.typeOf(signature.argument(1));
        if (operation != Operation.INTEGRAL_DIVIDE) {
            return new DecimalArithmetic(
                    operation, left, right, (DecimalType) signature.type(), overflow);
        }
        VectorKernel quotient =
                new DecimalArithmetic(
                        operation,
                        left,
                        right,
                        new DecimalType(DecimalType.MAX_PRECISION, 0),
                        overflow);
        VectorKernel toLong =
                Casts.kernel(
                        new DecimalType(DecimalType.MAX_PRECISION, 0),
                        AtomicType.LONG,
                        overflow,
                        signature.settings());
        return (arguments, rows) ->
                toLong.apply(
                        new io.troupe.columnar.vector.Vector[] {quotient.apply(arguments, rows)},
                        rows);
    }

    private static VectorKernel negative(Signature signature) {
        DataType type = signature.argument(0);
        if (type == AtomicType.CALENDAR_INTERVAL) {
            return TimeArithmetic.negate(signature);
        }
        boolean ansi = signature.ansi();
        RowFunction function =
                switch (Columns.plain(type).storage()) {
                    case INT -> (in, out) -> out.set(negateInt(in.getInt(0), type, ansi));
                    case LONG ->
                            (in, out) -> {
                                long value = in.getLong(0);
                                if (ansi && value == Long.MIN_VALUE) {
                                    throw Failures.overflow("long overflow", "");
                                }
                                out.set(-value);
                            };
                    case DECIMAL128 -> (in, out) -> out.set(in.decimal(0).negate());
                    default -> (in, out) -> out.set(-in.getDouble(0));
                };
        return RowFunction.strict(signature, function);
    }

    private static int negateInt(int value, DataType type, boolean ansi) {
        int least =
                type == AtomicType.BYTE
                        ? -128
                        : type == AtomicType.SHORT ? -32768 : Integer.MIN_VALUE;
        if (value != least) {
            return -value;
        }
        if (ansi) {
            String message =
                    least == Integer.MIN_VALUE
                            ? "integer overflow"
                            : "- " + value + " caused overflow";
            throw Failures.overflow(message, "");
        }
        return value;
    }

    private static VectorKernel absolute(Signature signature) {
        DataType type = signature.argument(0);
        boolean ansi = signature.ansi();
        RowFunction function =
                switch (Columns.plain(type).storage()) {
                    case INT ->
                            (in, out) -> {
                                int value = in.getInt(0);
                                out.set(value < 0 ? negateInt(value, type, ansi) : value);
                            };
                    case LONG ->
                            (in, out) -> {
                                long value = in.getLong(0);
                                if (ansi && value == Long.MIN_VALUE) {
                                    throw Failures.overflow("long overflow", "");
                                }
                                out.set(Math.abs(value));
                            };
                    case DECIMAL128 ->
                            (in, out) -> {
                                BigDecimal value = in.decimal(0);
                                out.set(value.abs());
                            };
                    default -> (in, out) -> out.set(Math.abs(in.getDouble(0)));
                };
        return RowFunction.strict(signature, function);
    }
}
