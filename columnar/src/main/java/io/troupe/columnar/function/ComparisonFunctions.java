package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Comparison;
import io.troupe.columnar.kernel.ComparisonKernel;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.MembershipKernel;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.TextEquality;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Comparisons, null tests, membership, `not`, `greatest` and `least`. `and`, `or`, `if` and
/// `coalesce` are lazy: the compiler's.
final class ComparisonFunctions {
    private ComparisonFunctions() {}

    static void register(FunctionTable table) {
        for (String name : List.of("=", "==", "!=", "<>", "<", "<=", ">", ">=")) {
            Comparison comparison = Comparison.of(name);
            table.strict(
                    name,
                    signature ->
                            TextEquality.applies(comparison, signature)
                                    ? TextEquality.of(comparison, signature)
                                    : new ComparisonKernel(comparison));
        }
        table.lenientRows("<=>", signature -> ComparisonFunctions::same);
        table.alias("equal_null", "<=>");
        table.lenient("isnull", signature -> (arguments, rows) -> nulls(arguments[0], rows, true));
        table.lenient(
                "isnotnull", signature -> (arguments, rows) -> nulls(arguments[0], rows, false));
        table.strict("not", signature -> (arguments, rows) -> not(arguments[0]));
        table.alias("!", "not");
        table.lenient("isnan", signature -> (arguments, rows) -> notANumber(arguments[0], rows));
        table.lenient("in", MembershipKernel::of);
        table.lenientRows("greatest", signature -> (in, out) -> extreme(in, out, 1));
        table.lenientRows("least", signature -> (in, out) -> extreme(in, out, -1));
        table.lenientRows("nullif", signature -> ComparisonFunctions::nullIfEqual);
        table.rows("nullifzero", signature -> ComparisonFunctions::nullIfZero);
        table.lenientRows("zeroifnull", signature -> ComparisonFunctions::zeroIfNull);
        table.lenientRows("nanvl", signature -> ComparisonFunctions::otherIfNaN);
        table.strict("between", signature -> (arguments, rows) -> between(arguments, rows));
    }

    private static Vector between(Vector[] arguments, Rows rows) {
        Vector from =
                new ComparisonKernel(Comparison.GREATER_OR_EQUAL)
                        .apply(new Vector[] {arguments[0], arguments[1]}, rows);
        Vector to =
                new ComparisonKernel(Comparison.LESS_OR_EQUAL)
                        .apply(new Vector[] {arguments[0], arguments[2]}, rows);
        byte[] a = ((BooleanVector) from).values();
        byte[] b = ((BooleanVector) to).values();
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (a[i] & b[i]);
        }
        return new BooleanVector(
                out, rows.length(), Columns.and(from.validity(), to.validity(), rows.length()));
    }

    private static void same(Input in, Output out) {
        boolean left = in.isNull(0);
        boolean right = in.isNull(1);
        out.set(
                left || right
                        ? left == right
                        : ValueOrder.compare(in.vector(0), in.at(0), in.vector(1), in.at(1)) == 0);
    }

    private static Vector nulls(Vector vector, Rows rows, boolean wanted) {
        long[] validity = vector instanceof NullVector ? null : vector.validity();
        if (validity == null) {
            return Columns.booleans(vector instanceof NullVector == wanted, rows.length());
        }
        int flip = wanted ? 1 : 0;
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (validity[i >> 6] >>> i & 1L ^ flip);
        }
        return new BooleanVector(out, rows.length(), null);
    }

    private static Vector not(Vector vector) {
        BooleanVector flags = (BooleanVector) Columns.flat(vector);
        byte[] out = new byte[flags.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (flags.values()[i] ^ 1);
        }
        return new BooleanVector(out, out.length, flags.validity());
    }

    private static Vector notANumber(Vector vector, Rows rows) {
        Vector flat = Columns.flat(vector);
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < out.length; i++) {
            boolean nan =
                    switch (flat) {
                        case DoubleVector doubles -> Double.isNaN(doubles.values()[i]);
                        case FloatVector floats -> Float.isNaN(floats.values()[i]);
                        default -> false;
                    };
            out[i] = (byte) (nan && !flat.isNull(i) ? 1 : 0);
        }
        return new BooleanVector(out, out.length, null);
    }

    private static void extreme(Input in, Output out, int sign) {
        int best = -1;
        for (int i = 0; i < in.size(); i++) {
            if (!in.isNull(i)
                    && (best < 0
                            || sign
                                            * ValueOrder.compare(
                                                    in.vector(i),
                                                    in.at(i),
                                                    in.vector(best),
                                                    in.at(best))
                                    > 0)) {
                best = i;
            }
        }
        if (best >= 0) {
            out.setFrom(in.vector(best), in.at(best));
        }
    }

    private static void nullIfEqual(Input in, Output out) {
        if (!in.isNull(0)
                && (in.isNull(1)
                        || ValueOrder.compare(in.vector(0), in.at(0), in.vector(1), in.at(1))
                                != 0)) {
            out.setFrom(in.vector(0), in.at(0));
        }
    }

    private static void nullIfZero(Input in, Output out) {
        if (in.getDouble(0) != 0) {
            out.setFrom(in.vector(0), in.at(0));
        }
    }

    private static void zeroIfNull(Input in, Output out) {
        if (in.isNull(0)) {
            out.setValue(
                    out.type() instanceof io.troupe.planner.type.DecimalType decimal
                            ? (Object) java.math.BigDecimal.valueOf(0, decimal.scale())
                            : (Object) 0L);
        } else {
            out.setFrom(in.vector(0), in.at(0));
        }
    }

    private static void otherIfNaN(Input in, Output out) {
        if (!in.isNull(0)) {
            int chosen = Double.isNaN(in.getDouble(0)) ? 1 : 0;
            if (!in.isNull(chosen)) {
                out.setFrom(in.vector(chosen), in.at(chosen));
            }
        }
    }
}
