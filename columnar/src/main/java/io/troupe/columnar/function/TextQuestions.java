package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.text.Utf8;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// What translations of Python functions ask of texts; SQL has no name for these. A null text
/// answers true.
final class TextQuestions {
    private interface Test {
        boolean holds(byte[] data, int from, int to);
    }

    private TextQuestions() {}

    static void register(FunctionTable table) {
        table.lenient("is_ascii", _ -> (arguments, rows) -> ask(arguments[0], rows, Utf8::isAscii));
        table.lenient(
                "is_decodable", _ -> (arguments, rows) -> ask(arguments[0], rows, Utf8::isValid));
    }

    /// Both tests hold for every slice of ASCII bytes: one look at all bytes answers most columns.
    private static Vector ask(Vector argument, Rows rows, Test test) {
        byte[] truths = new byte[rows.length()];
        Arrays.fill(truths, (byte) 1);
        Vector flat = Columns.flat(argument);
        if (!(flat instanceof NullVector)) {
            BytesVector texts = (BytesVector) flat;
            int[] offsets = texts.offsets();
            if (!Utf8.isAscii(texts.data(), offsets[0], offsets[texts.length()])) {
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.row(i);
                    boolean holds =
                            texts.isNull(row)
                                    || test.holds(texts.data(), offsets[row], offsets[row + 1]);
                    truths[row] = (byte) (holds ? 1 : 0);
                }
            }
        }
        return new BooleanVector(truths, rows.length(), null);
    }
}
