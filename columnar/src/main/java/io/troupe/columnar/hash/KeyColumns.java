package io.troupe.columnar.hash;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.Storage;

/// Key columns back from the longs that stand for them.
final class KeyColumns {
    private KeyColumns() {}

    static Vector column(Storage storage, KeyReader decoded, KeyDictionary dictionary, int count) {
        long[] values = decoded.values;
        long[] validity = validity(decoded.nulls, count);
        return switch (storage) {
            case NULL -> new NullVector(count);
            case LONG -> new LongVector(values, count, validity);
            case DECIMAL128 -> new Decimal128Vector(decoded.high, values, count, validity);
            case INT -> new IntVector(ints(values, count), count, validity);
            case BOOLEAN -> {
                byte[] booleans = new byte[count];
                for (int i = 0; i < count; i++) {
                    booleans[i] = (byte) values[i];
                }
                yield new BooleanVector(booleans, count, validity);
            }
            case FLOAT -> {
                float[] floats = new float[count];
                for (int i = 0; i < count; i++) {
                    floats[i] = Float.intBitsToFloat((int) values[i]);
                }
                yield new FloatVector(floats, count, validity);
            }
            case DOUBLE -> {
                double[] doubles = new double[count];
                for (int i = 0; i < count; i++) {
                    doubles[i] = Double.longBitsToDouble(values[i]);
                }
                yield new DoubleVector(doubles, count, validity);
            }
            case BYTES, INTERVAL, ARRAY, MAP, STRUCT -> {
                int[] numbers = ints(values, count);
                for (int i = 0; i < count; i++) {
                    numbers[i] = decoded.nulls[i] != 0 ? 0 : numbers[i];
                }
                yield dictionary.size() == 0
                        ? new NullVector(count)
                        : dictionary.column(numbers, validity, count);
            }
        };
    }

    private static int[] ints(long[] values, int count) {
        int[] ints = new int[count];
        for (int i = 0; i < count; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    private static long[] validity(byte[] nulls, int count) {
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= nulls[i];
        }
        if (any == 0) {
            return null;
        }
        long[] bits = new long[Bitmap.words(count)];
        for (int i = 0; i < count; i++) {
            if (nulls[i] == 0) {
                Bitmap.set(bits, i);
            }
        }
        return bits;
    }
}
