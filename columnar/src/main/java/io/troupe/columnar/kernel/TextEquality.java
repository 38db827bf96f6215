package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// `column = 'constant'` and `<>` over strings and binary: lengths first, then bytes.
public final class TextEquality {
    private TextEquality() {}

    public static boolean applies(Comparison comparison, Signature signature) {
        return (comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL)
                && signature.argument(0).storage() == Storage.BYTES
                && signature.isConstant(0) != signature.isConstant(1);
    }

    public static VectorKernel of(Comparison comparison, Signature signature) {
        int column = signature.isConstant(0) ? 1 : 0;
        Object value = signature.constant(1 - column);
        byte[] wanted =
                value instanceof byte[] bytes
                        ? bytes
                        : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        byte hit = (byte) (comparison == Comparison.EQUAL ? 1 : 0);
        return (arguments, rows) ->
                match((BytesVector) Columns.flat(arguments[column]), wanted, hit, rows);
    }

    private static Vector match(BytesVector texts, byte[] wanted, byte hit, Rows rows) {
        byte[] out = new byte[rows.length()];
        byte[] data = texts.data();
        int[] offsets = texts.offsets();
        int size = wanted.length;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            int from = offsets[row];
            boolean same =
                    offsets[row + 1] - from == size
                            && Arrays.equals(data, from, from + size, wanted, 0, size);
            out[row] = (byte) (same ? hit : 1 - hit);
        }
        return new BooleanVector(out, rows.length(), texts.validity());
    }
}
