package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Decimals;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Rounding to digits: `round` (half up), `bround` (half even), `ceil`, `floor`.
final class RoundingFunctions {
    private RoundingFunctions() {}

    static void register(FunctionTable table) {
        table.rows("round", signature -> rounding(signature, RoundingMode.HALF_UP));
        table.rows("bround", signature -> rounding(signature, RoundingMode.HALF_EVEN));
        table.rows("ceil", signature -> whole(signature, RoundingMode.CEILING));
        table.alias("ceiling", "ceil");
        table.rows("floor", signature -> whole(signature, RoundingMode.FLOOR));
    }

    private static RowFunction rounding(Signature signature, RoundingMode mode) {
        DataType type = signature.argument(0);
        boolean ansi = signature.ansi();
        if (type instanceof DecimalType) {
            DecimalType target = (DecimalType) signature.type();
            return (in, out) -> {
                BigDecimal rounded = in.decimal(0).setScale(scale(in), mode);
                out.setValue(Decimals.fit(rounded, target, Overflow.of(ansi)));
            };
        }
        if (type == AtomicType.FLOAT) {
            return (in, out) -> {
                double value = in.getDouble(0);
                boolean special = Double.isNaN(value) || Double.isInfinite(value);
                out.set(
                        special
                                ? value
                                : new BigDecimal(Float.toString((float) value))
                                        .setScale(scale(in), mode)
                                        .floatValue());
            };
        }
        if (type == AtomicType.DOUBLE) {
            return (in, out) -> {
                double value = in.getDouble(0);
                boolean special = Double.isNaN(value) || Double.isInfinite(value);
                out.set(
                        special
                                ? value
                                : BigDecimal.valueOf(value)
                                        .setScale(scale(in), mode)
                                        .doubleValue());
            };
        }
        return (in, out) -> integral(in, out, mode, ansi);
    }

    private static int scale(Input in) {
        return in.size() > 1 ? in.getInt(1) : 0;
    }

    private static void integral(Input in, Output out, RoundingMode mode, boolean ansi) {
        if (scale(in) >= 0) {
            out.set(in.getLong(0));
            return;
        }
        BigDecimal rounded =
                BigDecimal.valueOf(in.getLong(0)).setScale(scale(in), mode).setScale(0);
        long value = rounded.longValue();
        long narrow =
                switch (out.type()) {
                    case AtomicType.BYTE -> (byte) value;
                    case AtomicType.SHORT -> (short) value;
                    case AtomicType.INTEGER -> (int) value;
                    default -> value;
                };
        if (ansi && !rounded.equals(BigDecimal.valueOf(narrow))) {
            throw Failures.overflow(
                    out.type() == AtomicType.LONG
                            ? "long overflow"
                            : out.type() == AtomicType.INTEGER ? "integer overflow" : "Overflow",
                    "");
        }
        out.set(narrow);
    }

    private static RowFunction whole(Signature signature, RoundingMode mode) {
        DataType type = signature.argument(0);
        if (signature.size() > 1) {
            DataType result = signature.type();
            return (in, out) -> {
                BigDecimal value =
                        type.isFractional() ? BigDecimal.valueOf(in.getDouble(0)) : in.decimal(0);
                BigDecimal rounded = value.setScale(in.getInt(1), mode);
                if (result instanceof DecimalType decimal) {
                    out.setValue(Decimals.fit(rounded, decimal, Overflow.of(signature.ansi())));
                } else {
                    out.setValue(
                            result.isFractional()
                                    ? (Object) rounded.doubleValue()
                                    : (Object) rounded.longValue());
                }
            };
        }
        if (type.isIntegral()) {
            return (in, out) -> out.set(in.getLong(0));
        }
        if (type instanceof DecimalType) {
            return (in, out) -> {
                BigDecimal rounded = in.decimal(0).setScale(0, mode);
                if (out.type() instanceof DecimalType decimal) {
                    out.setValue(Decimals.fit(rounded, decimal, Overflow.of(signature.ansi())));
                } else {
                    out.set(rounded.longValue());
                }
            };
        }
        return (in, out) -> {
            double value = in.getDouble(0);
            double rounded = mode == RoundingMode.CEILING ? Math.ceil(value) : Math.floor(value);
            out.set((long) rounded);
        };
    }
}
