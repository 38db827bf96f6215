package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.text.Printer;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Casts to string.
final class ToStringCasts {
    private ToStringCasts() {}

    static VectorKernel kernel(DataType from, EvaluationSettings settings) {
        if (from == AtomicType.BINARY || from == AtomicType.VARIANT) {
            return (arguments, rows) -> arguments[0];
        }
        Signature signature =
                new Signature("cast", List.of(from), new Object[0], StringType.STRING, settings);
        if (from.isIntegral()) {
            byte[] digits = new byte[20];
            return RowFunction.strict(signature, (in, out) -> whole(in, out, digits));
        }
        Printer printer = new Printer(settings.zone(), false);
        return RowFunction.strict(
                signature, (in, out) -> out.set(printer.print(in.vector(0), in.at(0), from)));
    }

    private static void whole(Input in, Output out, byte[] digits) {
        long value = in.getLong(0);
        // Digits are taken below zero, where the smallest value has room.
        long rest = value < 0 ? value : -value;
        int at = digits.length;
        do {
            digits[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        out.set(digits, at, digits.length);
    }
}
