package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.Vector;
import java.util.function.DoubleUnaryOperator;

/// Functions of floating numbers, bits and number bases.
///
/// Exponentials, logarithms, powers, roots and `tanh` are fdlibm's (`StrictMath`): the intrinsics
/// behind `Math` differ from it, and from Spark, in the last digit, and from machine to machine.
final class MathFunctions {
    private static final double LN2 = 6.93147180559945286227e-01;

    private MathFunctions() {}

    static void register(FunctionTable table) {
        trigonometry(table);
        doubles(table, "exp", StrictMath::exp);
        doubles(table, "expm1", StrictMath::expm1);
        doubles(table, "sqrt", Math::sqrt);
        doubles(table, "cbrt", StrictMath::cbrt);
        doubles(table, "rint", Math::rint);
        doubles(table, "degrees", Math::toDegrees);
        doubles(table, "radians", Math::toRadians);
        logarithm(table, "ln", 0, StrictMath::log);
        logarithm(table, "log10", 0, StrictMath::log10);
        logarithm(table, "log2", 0, x -> StrictMath.log(x) / StrictMath.log(2));
        logarithm(table, "log1p", -1, StrictMath::log1p);
        table.row("log", MathFunctions::log);
        table.row("pow", (in, out) -> out.set(StrictMath.pow(in.getDouble(0), in.getDouble(1))));
        table.alias("power", "pow");
        table.row(
                "atan2",
                (in, out) -> out.set(Math.atan2(in.getDouble(0) + 0.0, in.getDouble(1) + 0.0)));
        table.row("hypot", (in, out) -> out.set(Math.hypot(in.getDouble(0), in.getDouble(1))));
        table.rows("signum", MathFunctions::sign);
        table.alias("sign", "signum");
        table.row("e", (in, out) -> out.set(Math.E));
        table.row("pi", (in, out) -> out.set(Math.PI));
        table.row("factorial", MathFunctions::factorial);
        table.row("width_bucket", MathFunctions::bucket);
        bits(table);
    }

    private static void trigonometry(FunctionTable table) {
        doubles(table, "sin", Math::sin);
        doubles(table, "cos", Math::cos);
        doubles(table, "tan", Math::tan);
        doubles(table, "cot", x -> 1 / Math.tan(x));
        doubles(table, "sec", x -> 1 / Math.cos(x));
        doubles(table, "csc", x -> 1 / Math.sin(x));
        doubles(table, "asin", Math::asin);
        doubles(table, "acos", Math::acos);
        doubles(table, "atan", Math::atan);
        doubles(table, "sinh", Math::sinh);
        doubles(table, "cosh", Math::cosh);
        doubles(table, "tanh", StrictMath::tanh);
        doubles(table, "asinh", MathFunctions::asinh);
        doubles(table, "acosh", MathFunctions::acosh);
        doubles(table, "atanh", x -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x)));
    }

    /// The inverse hyperbolic sine after fdlibm (`s_asinh.c`): exact near 0, without overflow far
    /// from it.
    private static double asinh(double x) {
        double size = Math.abs(x);
        double value;
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        } else if (size < 0x1p-28) {
            return x;
        } else if (size > 0x1p28) {
            value = StrictMath.log(size) + LN2;
        } else if (size > 2) {
            value = StrictMath.log(2 * size + 1 / (Math.sqrt(size * size + 1) + size));
        } else {
            value = StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
        }
        return x > 0 ? value : -value;
    }

    /// After fdlibm (`e_acosh.c`).
    private static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        if (x >= 0x1p28) {
            return Double.isInfinite(x) ? x : StrictMath.log(x) + LN2;
        }
        if (x > 2) {
            return StrictMath.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
        }
        double t = x - 1;
        return StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
    }

    private static void bits(FunctionTable table) {
        table.row("&", (in, out) -> out.set(in.getLong(0) & in.getLong(1)));
        table.row("|", (in, out) -> out.set(in.getLong(0) | in.getLong(1)));
        table.row("^", (in, out) -> out.set(in.getLong(0) ^ in.getLong(1)));
        table.row("~", (in, out) -> out.set(~in.getLong(0)));
        table.rows("shiftleft", signature -> shift(signature, 0));
        table.rows("shiftright", signature -> shift(signature, 1));
        table.rows("shiftrightunsigned", signature -> shift(signature, 2));
        table.alias("<<", "shiftleft");
        table.alias(">>", "shiftright");
        table.alias(">>>", "shiftrightunsigned");
        table.row("bit_count", (in, out) -> out.set(Long.bitCount(in.getLong(0))));
        table.rows("bit_get", MathFunctions::bit);
        table.alias("getbit", "bit_get");
        table.row("bin", (in, out) -> out.set(Long.toBinaryString(in.getLong(0))));
        table.row("bitmap_bit_position", (in, out) -> out.set(bitPosition(in.getLong(0))));
        table.row("bitmap_bucket_number", (in, out) -> out.set(bucketNumber(in.getLong(0))));
        table.row("bitmap_count", MathFunctions::countBits);
    }

    private static void doubles(FunctionTable table, String name, DoubleUnaryOperator function) {
        table.strict(
                name,
                signature ->
                        (arguments, rows) -> {
                            Vector source = Columns.flat(arguments[0]);
                            double[] values = ((DoubleVector) source).values();
                            double[] out = new double[rows.length()];
                            for (int i = 0; i < rows.count(); i++) {
                                int row = rows.row(i);
                                out[row] = function.applyAsDouble(values[row]);
                            }
                            return new DoubleVector(out, rows.length(), source.validity());
                        });
    }

    /// Null at and below the pole.
    private static void logarithm(
            FunctionTable table, String name, double pole, DoubleUnaryOperator function) {
        table.row(
                name,
                (in, out) -> {
                    double x = in.getDouble(0);
                    if (!(x <= pole)) {
                        out.set(function.applyAsDouble(x));
                    }
                });
    }

    private static void log(Input in, Output out) {
        double x = in.getDouble(in.size() - 1);
        if (in.size() == 1) {
            if (!(x <= 0)) {
                out.set(StrictMath.log(x));
            }
        } else if (!(x <= 0) && !(in.getDouble(0) <= 0)) {
            out.set(StrictMath.log(x) / StrictMath.log(in.getDouble(0)));
        }
    }

    private static RowFunction sign(Signature signature) {
        return switch (Columns.plain(signature.type()).storage()) {
            case DOUBLE ->
                    (in, out) ->
                            out.set(
                                    in.type(0).isNumeric()
                                            ? Math.signum(in.getDouble(0))
                                            : Math.signum((double) in.getLong(0)));
            default -> (in, out) -> out.setValue(in.decimal(0).signum());
        };
    }

    private static void factorial(Input in, Output out) {
        int n = in.getInt(0);
        if (n >= 0 && n <= 20) {
            long product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            out.set(product);
        }
    }

    private static double number(Input in, int i) {
        return in.type(i).isNumeric() ? in.getDouble(i) : in.getLong(i);
    }

    private static void bucket(Input in, Output out) {
        double value = number(in, 0);
        double low = number(in, 1);
        double high = number(in, 2);
        long count = in.getLong(3);
        boolean invalid =
                count <= 0
                        || count == Long.MAX_VALUE
                        || Double.isNaN(value)
                        || low == high
                        || Double.isNaN(low)
                        || Double.isInfinite(low)
                        || Double.isNaN(high)
                        || Double.isInfinite(high);
        if (invalid) {
            return;
        }
        double from = Math.min(low, high);
        double to = Math.max(low, high);
        boolean ascending = low < high;
        if (value < from) {
            out.set(ascending ? 0 : count + 1);
        } else if (value > to || value == to && ascending) {
            out.set(ascending ? count + 1 : 0);
        } else if (ascending) {
            out.set((long) (count * (value - from) / (to - from)) + 1);
        } else {
            out.set(value == from ? count + 1 : (long) (count * (to - value) / (to - from)) + 1);
        }
    }

    private static RowFunction shift(Signature signature, int kind) {
        boolean wide = signature.type() == io.troupe.planner.type.AtomicType.LONG;
        return (in, out) -> {
            int by = in.getInt(1);
            long x = in.getLong(0);
            int n = (int) x;
            switch (kind) {
                case 0 -> out.set(wide ? x << by : n << by);
                case 1 -> out.set(wide ? x >> by : n >> by);
                default -> out.set(wide ? x >>> by : n >>> by);
            }
        };
    }

    private static RowFunction bit(Signature signature) {
        int size =
                switch (signature.argument(0).simpleString()) {
                    case "tinyint" -> 8;
                    case "smallint" -> 16;
                    case "int" -> 32;
                    default -> 64;
                };
        return (in, out) -> {
            int position = in.getInt(1);
            if (position < 0 || position >= size) {
                throw Failures.invalidArgument(
                        "BIT_POSITION_RANGE",
                        signature.name(),
                        "pos",
                        "upper",
                        Integer.toString(size),
                        "invalidValue",
                        Integer.toString(position));
            }
            out.set(in.getLong(0) >> position & 1);
        };
    }

    /// Bitmaps hold 32,768 bits; buckets are numbered from 1, and from 0 downwards for what is not
    /// positive.
    private static long bitPosition(long value) {
        return value > 0 ? (value - 1) % 32768 : -value % 32768;
    }

    private static long bucketNumber(long value) {
        return value > 0 ? 1 + (value - 1) / 32768 : value / 32768;
    }

    private static void countBits(Input in, Output out) {
        long count = 0;
        for (int i = in.start(0); i < in.end(0); i++) {
            count += Integer.bitCount(in.data(0)[i] & 0xFF);
        }
        out.set(count);
    }
}
