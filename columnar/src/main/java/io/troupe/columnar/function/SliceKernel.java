package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.text.Utf8;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// The same characters of every string, counted from its start: `substring` with constant places.
/// ASCII is looked for no further than the slice reaches.
///
/// @param start characters before the slice
/// @param end characters up to its end
/// @param bytes whether bytes are counted instead, for binary
record SliceKernel(int start, int end, boolean bytes) implements VectorKernel {
    @Override
    public Vector apply(Vector[] arguments, Rows rows) {
        Vector argument = arguments[0];
        int[] codes = argument instanceof DictionaryVector coded ? coded.codes() : null;
        BytesVector texts =
                (BytesVector)
                        (argument instanceof DictionaryVector coded
                                ? coded.dictionary()
                                : argument);
        long[] validity = argument.validity();
        byte[] data = texts.data();
        int[] offsets = texts.offsets();
        byte[] out = new byte[Math.max(64, (int) Math.min(1L << 20, 16L * rows.count()))];
        int[] ends = new int[rows.length() + 1];
        int used = 0;
        int next = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            for (; next <= row; next++) {
                ends[next] = used;
            }
            if (!Columns.present(validity, row)) {
                continue;
            }
            int entry = codes == null ? row : codes[row];
            int to = offsets[entry + 1];
            int from = place(data, offsets[entry], to, start);
            int length = place(data, offsets[entry], to, end) - from;
            if (out.length - used < length) {
                out = Arrays.copyOf(out, Math.max(2 * out.length, Math.addExact(used, length)));
            }
            System.arraycopy(data, from, out, used, length);
            used += length;
        }
        for (; next <= rows.length(); next++) {
            ends[next] = used;
        }
        return new BytesVector(out, ends, rows.length(), validity);
    }

    /// Where the character number `chars` starts; `to` when there are fewer.
    private int place(byte[] data, int from, int to, int chars) {
        int reach = (int) Math.min(to, (long) from + chars);
        return bytes || Utf8.isAscii(data, from, reach) ? reach : Utf8.skip(data, from, to, chars);
    }
}
