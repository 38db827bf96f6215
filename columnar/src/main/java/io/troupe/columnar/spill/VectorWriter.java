package io.troupe.columnar.spill;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.Gather;
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

/// Vectors as bytes: a tag, a flag for validity with its words, then the value buffers of the rows.
/// Variable-length values are written as sizes, not offsets. A dictionary larger than its column is
/// looked up instead of written.
final class VectorWriter {
    static final byte NULL = 0;
    static final byte BOOLEAN = 1;
    static final byte INT = 2;
    static final byte LONG = 3;
    static final byte FLOAT = 4;
    static final byte DOUBLE = 5;
    static final byte DECIMAL128 = 6;
    static final byte BYTES = 7;
    static final byte INTERVAL = 8;
    static final byte LIST = 9;
    static final byte MAP = 10;
    static final byte STRUCT = 11;
    static final byte DICTIONARY = 12;
    static final byte DISTINCT_DICTIONARY = 13;

    private ByteBuffer buffer;

    VectorWriter(int capacity) {
        buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return buffer.array();
    }

    int size() {
        return buffer.position();
    }

    void putInt(int value) {
        room(4);
        buffer.putInt(value);
    }

    private void putByte(byte value) {
        room(1);
        buffer.put(value);
    }

    private void room(long bytes) {
        long needed = buffer.position() + bytes;
        if (needed > buffer.capacity()) {
            long next = Math.max(needed, Math.min(Integer.MAX_VALUE - 16L, 2L * buffer.capacity()));
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.toIntExact(next)).order(ByteOrder.LITTLE_ENDIAN);
            buffer.flip();
            buffer = larger.put(buffer).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /// Writes the rows `from` to `from + count`.
    void write(Vector vector, int from, int count) {
        switch (vector) {
            case NullVector _ -> putByte(NULL);
            case BooleanVector v -> {
                head(BOOLEAN, v, from, count);
                putBytes(v.values(), from, count);
            }
            case IntVector v -> {
                head(INT, v, from, count);
                putInts(v.values(), from, count);
            }
            case LongVector v -> {
                head(LONG, v, from, count);
                putLongs(v.values(), from, count);
            }
            case FloatVector v -> {
                head(FLOAT, v, from, count);
                room(4L * count);
                buffer.asFloatBuffer().put(v.values(), from, count);
                buffer.position(buffer.position() + 4 * count);
            }
            case DoubleVector v -> {
                head(DOUBLE, v, from, count);
                room(8L * count);
                buffer.asDoubleBuffer().put(v.values(), from, count);
                buffer.position(buffer.position() + 8 * count);
            }
            case Decimal128Vector v -> {
                head(DECIMAL128, v, from, count);
                putLongs(v.high(), from, count);
                putLongs(v.low(), from, count);
            }
            case IntervalVector v -> {
                head(INTERVAL, v, from, count);
                putInts(v.months(), from, count);
                putInts(v.days(), from, count);
                putLongs(v.microseconds(), from, count);
            }
            default -> writeNested(vector, from, count);
        }
    }

    private void writeNested(Vector vector, int from, int count) {
        switch (vector) {
            case BytesVector v -> {
                head(BYTES, v, from, count);
                putSizes(v.offsets(), from, count);
                putBytes(
                        v.data(), v.offsets()[from], v.offsets()[from + count] - v.offsets()[from]);
            }
            case ListVector v -> {
                head(LIST, v, from, count);
                putSizes(v.offsets(), from, count);
                child(v.elements(), v.offsets()[from], v.offsets()[from + count]);
            }
            case MapVector v -> {
                head(MAP, v, from, count);
                putSizes(v.offsets(), from, count);
                child(v.keys(), v.offsets()[from], v.offsets()[from + count]);
                child(v.values(), v.offsets()[from], v.offsets()[from + count]);
            }
            case StructVector v -> {
                head(STRUCT, v, from, count);
                putInt(v.fields().length);
                for (Vector field : v.fields()) {
                    write(field, from, count);
                }
            }
            case DictionaryVector v -> writeCoded(v, from, count);
            default -> throw new IllegalStateException(vector.getClass().getName());
        }
    }

    private void child(Vector elements, int from, int to) {
        putInt(to - from);
        write(elements, from, to - from);
    }

    private void writeCoded(DictionaryVector vector, int from, int count) {
        int entries = vector.dictionary().length();
        if (entries == 0 || entries > count) {
            int[] rows = from == 0 ? Gather.identity(count) : range(from, count);
            write(Gather.flat(Gather.copy(vector, rows, 0, count)), 0, count);
            return;
        }
        putByte(vector.distinct() ? DISTINCT_DICTIONARY : DICTIONARY);
        putValidity(vector.codeValidity(), from, count);
        putInts(vector.codes(), from, count);
        putInt(entries);
        write(vector.dictionary(), 0, entries);
    }

    private static int[] range(int from, int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> from + i);
        return rows;
    }

    private void head(byte tag, Vector vector, int from, int count) {
        putByte(tag);
        putValidity(vector.validity(), from, count);
    }

    private void putValidity(long[] validity, int from, int count) {
        putByte(validity == null ? (byte) 0 : 1);
        if (validity == null) {
            return;
        }
        long[] words = validity;
        if (from != 0) {
            words = new long[Bitmap.words(count)];
            for (int i = 0; i < count; i++) {
                if (Bitmap.get(validity, from + i)) {
                    Bitmap.set(words, i);
                }
            }
        }
        putLongs(words, 0, Bitmap.words(count));
    }

    private void putBytes(byte[] values, int from, int count) {
        room(count);
        buffer.put(values, from, count);
    }

    private void putInts(int[] values, int from, int count) {
        room(4L * count);
        buffer.asIntBuffer().put(values, from, count);
        buffer.position(buffer.position() + 4 * count);
    }

    private void putLongs(long[] values, int from, int count) {
        room(8L * count);
        buffer.asLongBuffer().put(values, from, count);
        buffer.position(buffer.position() + 8 * count);
    }

    private void putSizes(int[] offsets, int from, int count) {
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = offsets[from + i + 1] - offsets[from + i];
        }
        putInts(sizes, 0, count);
    }
}
