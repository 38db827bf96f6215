package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.MersenneTwister;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.XorShift;
import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException.Kind;
import io.troupe.planner.type.AtomicType;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/// What depends on the session or the task: its names, random numbers, row numbers; and errors
/// raised on purpose.
final class SessionFunctions {
    /// The Spark version whose answers these are.
    private static final String VERSION = "4.2.0 32f7299601108917fb01920a54e084595b7b3bf8";

    private static final String LETTERS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private SessionFunctions() {}

    static void register(FunctionTable table) {
        constant(table, "version", signature -> VERSION);
        constant(table, "current_user", signature -> signature.settings().user());
        table.alias("user", "current_user");
        table.alias("session_user", "current_user");
        constant(table, "current_database", signature -> signature.settings().database());
        table.alias("current_schema", "current_database");
        constant(table, "current_catalog", signature -> "spark_catalog");
        constant(
                table,
                "current_path",
                signature ->
                        "system.session,system.builtin,spark_catalog."
                                + signature.settings().database());
        table.lenientRows("typeof", signature -> typeOf(signature.argument(0).simpleString()));
        table.rows(
                "spark_partition_id",
                signature -> (in, out) -> out.set(signature.settings().partition()));
        table.rows("monotonically_increasing_id", SessionFunctions::increasing);
        table.rows("rand", signature -> random(signature, XorShift::nextDouble));
        table.alias("random", "rand");
        table.rows("randn", signature -> random(signature, XorShift::nextGaussian));
        table.rows("uniform", SessionFunctions::uniform);
        table.rows("randstr", SessionFunctions::letters);
        table.rows("uuid", SessionFunctions::uuid);
        table.lenientRows("raise_error", signature -> SessionFunctions::raise);
        table.lenientRows("assert_true", signature -> SessionFunctions::insist);
    }

    private static void constant(
            FunctionTable table, String name, Function<Signature, String> value) {
        table.rows(
                name,
                signature -> {
                    byte[] bytes = value.apply(signature).getBytes(StandardCharsets.UTF_8);
                    return (in, out) -> out.set(bytes);
                });
    }

    private static RowFunction typeOf(String name) {
        return (in, out) -> out.set(name);
    }

    /// The partition in the upper 31 bits, the row's number within it in the lower 33.
    private static RowFunction increasing(Signature signature) {
        long base = (long) signature.settings().partition() << 33;
        long[] next = {0};
        return (in, out) -> out.set(base + next[0]++);
    }

    private static long seed(Signature signature, int argument) {
        return signature.isConstant(argument)
                        && signature.constant(argument) instanceof Number number
                ? number.longValue()
                : new Random().nextLong();
    }

    private interface Draw {
        double from(XorShift random);
    }

    private static RowFunction random(Signature signature, Draw draw) {
        XorShift random = new XorShift(seed(signature, 0) + signature.settings().partition());
        return (in, out) -> out.set(draw.from(random));
    }

    private static RowFunction uniform(Signature signature) {
        XorShift random = new XorShift(seed(signature, 2) + signature.settings().partition());
        boolean whole = signature.type().isIntegral();
        return (in, out) -> {
            double low = in.getDouble(0);
            double value = low + random.nextDouble() * (in.getDouble(1) - low);
            if (whole) {
                out.set((long) value);
            } else {
                out.setValue(
                        signature.type() instanceof io.troupe.planner.type.DecimalType decimal
                                ? (Object)
                                        java.math.BigDecimal.valueOf(value)
                                                .setScale(
                                                        decimal.scale(),
                                                        java.math.RoundingMode.HALF_UP)
                                : (Object) value);
            }
        };
    }

    private static RowFunction letters(Signature signature) {
        XorShift random = new XorShift(seed(signature, 1) + signature.settings().partition());
        return (in, out) -> {
            int length = in.getInt(0);
            if (length < 0) {
                throw Failures.parameter(
                        "LENGTH", "randstr", "length", "length", Integer.toString(length));
            }
            for (int i = 0; i < length; i++) {
                out.append((byte) LETTERS.charAt(Math.abs(random.next(32) % LETTERS.length())));
            }
            out.finish();
        };
    }

    private static RowFunction uuid(Signature signature) {
        MersenneTwister random =
                new MersenneTwister(seed(signature, 0) + signature.settings().partition());
        return (in, out) -> {
            long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
            long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
            out.set(new UUID(high, low).toString());
        };
    }

    private static void raise(Input in, Output out) {
        String message = in.isNull(0) ? "null" : in.string(0);
        if (in.size() == 1) {
            throw Failures.runtime("USER_RAISED_EXCEPTION", "errorMessage", message);
        }
        // The planner's own: the name of a condition, and its parameters.
        throw Conditions.of(Kind.SparkRuntimeException, message);
    }

    private static void insist(Input in, Output out) {
        if (in.isNull(0) || in.type(0) == AtomicType.BOOLEAN && !in.getBoolean(0)) {
            String message =
                    in.size() < 2
                            ? "'condition' is not true!"
                            : in.isNull(1) ? "null" : in.string(1);
            throw Failures.runtime("USER_RAISED_EXCEPTION", "errorMessage", message);
        }
    }
}
