package io.troupe.executor.block;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.IntervalVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes vectors, little-endian: kind, whether there are nulls, validity words, then the values;
/// of the rows named by `rows[0 .. count)` (all of `0 .. count` when null) only.
final class VectorWriter {
    private ByteBuffer buffer;

    VectorWriter(long estimate) {
        buffer = allocate((int) Math.clamp(estimate + 256, 1_024, 64 << 20));
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    void integer(int value) {
        room(4).putInt(value);
    }

    void vector(Vector vector, int[] rows, int count) {
        switch (vector) {
            case NullVector v -> room(1).put(VectorKind.NULL);
            case BooleanVector v -> {
                header(VectorKind.BOOLEAN, v, rows, count);
                bytes(v.values(), rows, count);
            }
            case IntVector v -> {
                header(VectorKind.INT, v, rows, count);
                ints(v.values(), rows, count);
            }
            case LongVector v -> {
                header(VectorKind.LONG, v, rows, count);
                longs(v.values(), rows, count);
            }
            case FloatVector v -> {
                header(VectorKind.FLOAT, v, rows, count);
                floats(v.values(), rows, count);
            }
            case DoubleVector v -> {
                header(VectorKind.DOUBLE, v, rows, count);
                doubles(v.values(), rows, count);
            }
            case Decimal128Vector v -> {
                header(VectorKind.DECIMAL128, v, rows, count);
                longs(v.high(), rows, count);
                longs(v.low(), rows, count);
            }
            case IntervalVector v -> {
                header(VectorKind.INTERVAL, v, rows, count);
                ints(v.months(), rows, count);
                ints(v.days(), rows, count);
                longs(v.microseconds(), rows, count);
            }
            case BytesVector v -> strings(v, rows, count);
            case DictionaryVector v -> dictionary(v, rows, count);
            case StructVector v -> {
                header(VectorKind.STRUCT, v, rows, count);
                integer(v.fields().length);
                for (Vector field : v.fields()) {
                    vector(field, rows, count);
                }
            }
            case ListVector v -> {
                header(VectorKind.LIST, v, rows, count);
                int[] elements = elementRows(v, v.offsets(), rows, count);
                vector(v.elements(), elements, elements.length);
            }
            case MapVector v -> {
                header(VectorKind.MAP, v, rows, count);
                int[] entries = elementRows(v, v.offsets(), rows, count);
                vector(v.keys(), entries, entries.length);
                vector(v.values(), entries, entries.length);
            }
        }
    }

    private void header(byte kind, Vector vector, int[] rows, int count) {
        room(1).put(kind);
        validity(vector, rows, count);
    }

    private void validity(Vector vector, int[] rows, int count) {
        long[] validity = vector.validity();
        room(1).put((byte) (validity == null ? 0 : 1));
        if (validity == null) {
            return;
        }
        int words = (count + 63) >> 6;
        long[] written = validity;
        if (rows != null) {
            written = new long[words];
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                written[i >> 6] |= (validity[row >> 6] >>> row & 1L) << i;
            }
        }
        room(8 * words).asLongBuffer().put(written, 0, words);
        skip(8 * words);
    }

    private void bytes(byte[] values, int[] rows, int count) {
        ByteBuffer out = room(count);
        if (rows == null) {
            out.put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                out.put(values[rows[i]]);
            }
        }
    }

    private void ints(int[] values, int[] rows, int count) {
        room(4 * count)
                .asIntBuffer()
                .put(rows == null ? values : gather(values, rows, count), 0, count);
        skip(4 * count);
    }

    private void longs(long[] values, int[] rows, int count) {
        long[] gathered = values;
        if (rows != null) {
            gathered = new long[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = values[rows[i]];
            }
        }
        room(8 * count).asLongBuffer().put(gathered, 0, count);
        skip(8 * count);
    }

    private void floats(float[] values, int[] rows, int count) {
        float[] gathered = values;
        if (rows != null) {
            gathered = new float[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = values[rows[i]];
            }
        }
        room(4 * count).asFloatBuffer().put(gathered, 0, count);
        skip(4 * count);
    }

    private void doubles(double[] values, int[] rows, int count) {
        double[] gathered = values;
        if (rows != null) {
            gathered = new double[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = values[rows[i]];
            }
        }
        room(8 * count).asDoubleBuffer().put(gathered, 0, count);
        skip(8 * count);
    }

    /// Lengths, then the bytes of all rows.
    private void strings(BytesVector v, int[] rows, int count) {
        header(VectorKind.BYTES, v, rows, count);
        int[] offsets = v.offsets();
        int[] ends = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            total += offsets[row + 1] - offsets[row];
            ends[i] = (int) total;
        }
        if (total > 1 << 30) {
            throw new BlockFormatException(
                    "a batch holds "
                            + total
                            + " bytes of strings in one column: the limit is 1 GiB",
                    null);
        }
        ints(ends, null, count);
        ByteBuffer out = room((int) total);
        if (rows == null) {
            out.put(v.data(), offsets[0], (int) total);
        } else {
            for (int i = 0; i < count; i++) {
                out.put(v.data(), offsets[rows[i]], offsets[rows[i] + 1] - offsets[rows[i]]);
            }
        }
    }

    /// Kept as a dictionary where that is smaller; else its rows are written out.
    private void dictionary(DictionaryVector v, int[] rows, int count) {
        int[] codes = rows == null ? v.codes() : gather(v.codes(), rows, count);
        Vector entries = v.dictionary();
        if (entries.length() <= count || hasNulls(v, rows, count)) {
            room(1).put(VectorKind.DICTIONARY);
            room(1).put((byte) (v.distinct() ? 1 : 0));
            codeValidity(v, rows, count);
            ints(codes, null, count);
            integer(entries.length());
            vector(entries, null, entries.length());
        } else {
            vector(entries, codes, count);
        }
    }

    private static boolean hasNulls(DictionaryVector v, int[] rows, int count) {
        long[] validity = v.codeValidity();
        for (int i = 0; validity != null && i < count; i++) {
            int row = rows == null ? i : rows[i];
            if ((validity[row >> 6] >>> row & 1L) == 0) {
                return true;
            }
        }
        return false;
    }

    private void codeValidity(DictionaryVector v, int[] rows, int count) {
        long[] validity = v.codeValidity();
        validity(new IntVector(v.codes(), v.length(), validity), rows, count);
    }

    private int[] elementRows(Vector vector, int[] offsets, int[] rows, int count) {
        int[] ends = new int[count];
        int total = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            total += vector.isNull(row) ? 0 : offsets[row + 1] - offsets[row];
            ends[i] = total;
        }
        ints(ends, null, count);
        int[] elements = new int[total];
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            int length = vector.isNull(row) ? 0 : offsets[row + 1] - offsets[row];
            for (int k = 0; k < length; k++) {
                elements[n++] = offsets[row] + k;
            }
        }
        return elements;
    }

    private static int[] gather(int[] values, int[] rows, int count) {
        int[] gathered = new int[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[rows[i]];
        }
        return gathered;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            long wanted = Math.max(buffer.capacity() * 2L, buffer.position() + (long) bytes);
            ByteBuffer larger = allocate((int) Math.min(Integer.MAX_VALUE - 16, wanted));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }

    private void skip(int bytes) {
        buffer.position(buffer.position() + bytes);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
