package io.troupe.columnar.arrow;

import io.troupe.columnar.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// One column of a record batch as it lies in the message body. `buffers` are validity first, then
/// as the layout says; `dictionary` holds the values of an encoded column.
record ArrowArray(
        ArrowField field,
        int length,
        boolean nulls,
        List<Slice> buffers,
        List<ArrowArray> children,
        Vector dictionary) {

    /// A stretch of bytes.
    record Slice(byte[] data, int offset, int length) {
        static final Slice EMPTY = new Slice(new byte[0], 0, 0);

        /// Little-endian bytes from the `index`-th value of this width on, `count` values long.
        ByteBuffer values(long index, int count, int width) {
            long from = index * width;
            long bytes = (long) count * width;
            if (from < 0 || from + bytes > length) {
                throw new ArrowFormatException(
                        "a buffer of "
                                + length
                                + " bytes is shorter than its "
                                + (index + count)
                                + " values");
            }
            return ByteBuffer.wrap(data, offset + (int) from, (int) bytes)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN);
        }

        boolean bit(long index) {
            return (data[offset + (int) (index >> 3)] >>> (index & 7) & 1) != 0;
        }

        void checkBits(long count) {
            if (count + 7 >> 3 > length) {
                throw new ArrowFormatException(
                        "a buffer of " + length + " bytes is shorter than its " + count + " bits");
            }
        }
    }

    Slice buffer(int i) {
        return buffers.get(i);
    }
}
