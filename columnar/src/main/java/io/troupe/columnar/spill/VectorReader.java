package io.troupe.columnar.spill;

import io.troupe.columnar.column.Bitmap;
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

/// Reads what [VectorWriter] wrote.
final class VectorReader {
    private final ByteBuffer buffer;

    VectorReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int getInt() {
        return buffer.getInt();
    }

    Vector read(int count) {
        byte tag = buffer.get();
        if (tag == VectorWriter.NULL) {
            return new NullVector(count);
        }
        long[] validity = buffer.get() == 0 ? null : longs(Bitmap.words(count));
        return switch (tag) {
            case VectorWriter.BOOLEAN -> new BooleanVector(bytes(count), count, validity);
            case VectorWriter.INT -> new IntVector(ints(count), count, validity);
            case VectorWriter.LONG -> new LongVector(longs(count), count, validity);
            case VectorWriter.FLOAT -> new FloatVector(floats(count), count, validity);
            case VectorWriter.DOUBLE -> new DoubleVector(doubles(count), count, validity);
            case VectorWriter.DECIMAL128 ->
                    new Decimal128Vector(longs(count), longs(count), count, validity);
            case VectorWriter.INTERVAL ->
                    new IntervalVector(ints(count), ints(count), longs(count), count, validity);
            case VectorWriter.BYTES -> {
                int[] offsets = offsets(count);
                yield new BytesVector(bytes(offsets[count]), offsets, count, validity);
            }
            case VectorWriter.LIST -> {
                int[] offsets = offsets(count);
                yield new ListVector(offsets, read(getInt()), count, validity);
            }
            case VectorWriter.MAP -> {
                int[] offsets = offsets(count);
                yield new MapVector(offsets, read(getInt()), read(getInt()), count, validity);
            }
            case VectorWriter.STRUCT -> {
                Vector[] fields = new Vector[getInt()];
                for (int f = 0; f < fields.length; f++) {
                    fields[f] = read(count);
                }
                yield new StructVector(fields, count, validity);
            }
            case VectorWriter.DICTIONARY, VectorWriter.DISTINCT_DICTIONARY -> {
                int[] codes = ints(count);
                Vector dictionary = read(getInt());
                yield new DictionaryVector(
                        codes,
                        dictionary,
                        count,
                        validity,
                        tag == VectorWriter.DISTINCT_DICTIONARY);
            }
            default -> throw new IllegalStateException("unknown vector tag " + tag);
        };
    }

    private byte[] bytes(int count) {
        byte[] values = new byte[count];
        buffer.get(values);
        return values;
    }

    private int[] ints(int count) {
        int[] values = new int[count];
        buffer.asIntBuffer().get(values);
        buffer.position(buffer.position() + 4 * count);
        return values;
    }

    private long[] longs(int count) {
        long[] values = new long[count];
        buffer.asLongBuffer().get(values);
        buffer.position(buffer.position() + 8 * count);
        return values;
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        buffer.asFloatBuffer().get(values);
        buffer.position(buffer.position() + 4 * count);
        return values;
    }

    private double[] doubles(int count) {
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        buffer.position(buffer.position() + 8 * count);
        return values;
    }

    private int[] offsets(int count) {
        int[] offsets = new int[count + 1];
        int end = 0;
        for (int i = 0; i < count; i++) {
            end += buffer.getInt();
            offsets[i + 1] = end;
        }
        return offsets;
    }
}
