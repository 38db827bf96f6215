package io.troupe.columnar.hash;

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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Values as bytes that are equal exactly when the values are, for keys that no array of primitives
/// holds (nested types, intervals).
public final class RowBytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64];
    private int size;

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /// Appends one value, null included.
    public void append(Vector vector, int row) {
        if (vector.isNull(row)) {
            putByte(0);
            return;
        }
        putByte(1);
        switch (vector) {
            case NullVector _ -> putByte(0);
            case DictionaryVector coded -> append(coded.dictionary(), coded.codes()[row]);
            case BooleanVector booleans -> putByte(booleans.values()[row]);
            case IntVector ints -> putLong(ints.values()[row]);
            case LongVector longs -> putLong(longs.values()[row]);
            case FloatVector floats -> putLong(Hashing.bits(floats.values()[row]));
            case DoubleVector doubles -> putLong(Hashing.bits(doubles.values()[row]));
            case Decimal128Vector wide -> {
                putLong(wide.high()[row]);
                putLong(wide.low()[row]);
            }
            case IntervalVector intervals -> {
                putLong(intervals.months()[row]);
                putLong(intervals.days()[row]);
                putLong(intervals.microseconds()[row]);
            }
            case BytesVector strings -> putBytes(strings, row);
            case ListVector lists -> {
                int from = lists.offsets()[row];
                int to = lists.offsets()[row + 1];
                putLong(to - from);
                for (int i = from; i < to; i++) {
                    append(lists.elements(), i);
                }
            }
            case MapVector maps -> putEntries(maps, row);
            case StructVector structs -> {
                for (Vector field : structs.fields()) {
                    append(field, row);
                }
            }
        }
    }

    private void putEntries(MapVector maps, int row) {
        int from = maps.offsets()[row];
        int to = maps.offsets()[row + 1];
        putLong(to - from);
        for (int i = from; i < to; i++) {
            append(maps.keys(), i);
            append(maps.values(), i);
        }
    }

    private void putBytes(BytesVector strings, int row) {
        int from = strings.offsets()[row];
        int length = strings.offsets()[row + 1] - from;
        putLong(length);
        room(length);
        System.arraycopy(strings.data(), from, bytes, size, length);
        size += length;
    }

    private void putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    private void putLong(long value) {
        room(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
