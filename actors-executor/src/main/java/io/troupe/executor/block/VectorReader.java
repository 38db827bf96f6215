package io.troupe.executor.block;

import io.troupe.columnar.vector.Batch;
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
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads what [VectorWriter] wrote. Every length is checked against the bytes that are left before
/// anything is allocated.
final class VectorReader {
    private static final int MAX_DEPTH = 200;

    private final ByteBuffer in;
    private int depth;

    private VectorReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Batch batch(byte[] bytes) {
        try {
            VectorReader reader = new VectorReader(bytes);
            int rows = reader.in.getInt();
            int width = reader.count(reader.in.getInt(), 1);
            Vector[] columns = new Vector[width];
            for (int i = 0; i < width; i++) {
                columns[i] = reader.vector(rows);
            }
            return new Batch(columns, rows);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new BlockFormatException("not an encoded batch: " + e.getMessage(), e);
        }
    }

    private int count(int count, int width) {
        if (count < 0 || (long) count * width > in.remaining()) {
            throw new BlockFormatException(
                    "length " + count + " exceeds the " + in.remaining() + " bytes left", null);
        }
        return count;
    }

    private Vector vector(int rows) {
        if (++depth > MAX_DEPTH) {
            throw new BlockFormatException("vectors nested deeper than " + MAX_DEPTH, null);
        }
        byte kind = in.get();
        Vector vector =
                switch (kind) {
                    case VectorKind.NULL -> new NullVector(rows);
                    case VectorKind.DICTIONARY -> dictionary(rows);
                    default -> values(kind, rows, validity(rows));
                };
        depth--;
        return vector;
    }

    private Vector values(byte kind, int rows, long[] validity) {
        return switch (kind) {
            case VectorKind.BOOLEAN -> new BooleanVector(bytes(rows), rows, validity);
            case VectorKind.INT -> new IntVector(ints(rows), rows, validity);
            case VectorKind.LONG -> new LongVector(longs(rows), rows, validity);
            case VectorKind.FLOAT -> new FloatVector(floats(rows), rows, validity);
            case VectorKind.DOUBLE -> new DoubleVector(doubles(rows), rows, validity);
            case VectorKind.DECIMAL128 ->
                    new Decimal128Vector(longs(rows), longs(rows), rows, validity);
            case VectorKind.INTERVAL ->
                    new IntervalVector(ints(rows), ints(rows), longs(rows), rows, validity);
            case VectorKind.BYTES -> {
                int[] offsets = offsets(rows);
                yield new BytesVector(bytes(offsets[rows]), offsets, rows, validity);
            }
            case VectorKind.LIST -> {
                int[] offsets = offsets(rows);
                yield new ListVector(offsets, vector(offsets[rows]), rows, validity);
            }
            case VectorKind.MAP -> {
                int[] offsets = offsets(rows);
                yield new MapVector(
                        offsets, vector(offsets[rows]), vector(offsets[rows]), rows, validity);
            }
            case VectorKind.STRUCT -> {
                Vector[] fields = new Vector[count(in.getInt(), 1)];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = vector(rows);
                }
                yield new StructVector(fields, rows, validity);
            }
            default -> throw new BlockFormatException("unknown vector kind " + kind, null);
        };
    }

    private Vector dictionary(int rows) {
        boolean distinct = in.get() == 1;
        long[] validity = validity(rows);
        int[] codes = ints(rows);
        int entries = in.getInt();
        if (entries < 0) {
            throw new BlockFormatException("dictionary of " + entries + " entries", null);
        }
        return new DictionaryVector(codes, vector(entries), rows, validity, distinct);
    }

    private long[] validity(int rows) {
        return in.get() == 0 ? null : longs((rows + 63) >> 6);
    }

    private int[] offsets(int rows) {
        count(rows, 4);
        int[] offsets = new int[rows + 1];
        in.asIntBuffer().get(offsets, 1, rows);
        in.position(in.position() + 4 * rows);
        int last = 0;
        for (int offset : offsets) {
            if (offset < last) {
                throw new BlockFormatException("offsets run backwards", null);
            }
            last = offset;
        }
        return offsets;
    }

    private byte[] bytes(int count) {
        byte[] values = new byte[count(count, 1)];
        in.get(values);
        return values;
    }

    private int[] ints(int count) {
        int[] values = new int[count(count, 4)];
        in.asIntBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    private long[] longs(int count) {
        long[] values = new long[count(count, 8)];
        in.asLongBuffer().get(values);
        in.position(in.position() + 8 * count);
        return values;
    }

    private float[] floats(int count) {
        float[] values = new float[count(count, 4)];
        in.asFloatBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    private double[] doubles(int count) {
        double[] values = new double[count(count, 8)];
        in.asDoubleBuffer().get(values);
        in.position(in.position() + 8 * count);
        return values;
    }
}
