package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Facts about dictionaries, and their flattening.
final class Dictionaries {
    private static final int MAX_CHECKED = 1 << 17;

    private Dictionaries() {}

    /// Whether the entries of a string dictionary are known to differ. The format asks writers for
    /// it but nothing enforces it.
    static boolean distinct(Vector dictionary) {
        if (!(dictionary instanceof BytesVector bytes) || bytes.length() > MAX_CHECKED) {
            return false;
        }
        int size = Integer.highestOneBit(Math.max(8, bytes.length() * 2)) * 2;
        int[] slots = new int[size];
        for (int i = 0; i < bytes.length(); i++) {
            int from = bytes.offsets()[i];
            int to = bytes.offsets()[i + 1];
            int slot = hash(bytes.data(), from, to) & size - 1;
            while (slots[slot] != 0) {
                int other = slots[slot] - 1;
                if (Arrays.equals(
                        bytes.data(),
                        from,
                        to,
                        bytes.data(),
                        bytes.offsets()[other],
                        bytes.offsets()[other + 1])) {
                    return false;
                }
                slot = slot + 1 & size - 1;
            }
            slots[slot] = i + 1;
        }
        return true;
    }

    private static int hash(byte[] data, int from, int to) {
        long hash = to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = (hash ^ BitPacking.longAt(data, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; i < to; i++) {
            hash = (hash ^ data[i]) * 0x100000001B3L;
        }
        hash *= 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 33);
    }

    /// Numbers leave the scan flat (kernels loop over primitive arrays); strings stay dictionaries.
    /// With a selection, only its rows are gathered.
    static Vector flattenNumbers(Vector vector, int[] selection, int selected) {
        if (!(vector instanceof DictionaryVector coded)) {
            return vector;
        }
        int[] codes = coded.codes();
        int length = coded.length();
        int[] rows = selection != null && selected < length / 4 ? selection : null;
        int count = rows == null ? length : selected;
        return switch (coded.dictionary()) {
            case LongVector longs when longs.validity() == null -> {
                long[] out = new long[length];
                long[] entries = longs.values();
                if (rows == null) {
                    for (int i = 0; i < count; i++) {
                        out[i] = entries[codes[i]];
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        out[rows[i]] = entries[codes[rows[i]]];
                    }
                }
                yield new LongVector(out, length, coded.codeValidity());
            }
            case IntVector ints when ints.validity() == null -> {
                int[] out = new int[length];
                int[] entries = ints.values();
                if (rows == null) {
                    for (int i = 0; i < count; i++) {
                        out[i] = entries[codes[i]];
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        out[rows[i]] = entries[codes[rows[i]]];
                    }
                }
                yield new IntVector(out, length, coded.codeValidity());
            }
            case DoubleVector doubles when doubles.validity() == null -> {
                double[] out = new double[length];
                for (int i = 0; i < count; i++) {
                    int row = rows == null ? i : rows[i];
                    out[row] = doubles.values()[codes[row]];
                }
                yield new DoubleVector(out, length, coded.codeValidity());
            }
            case FloatVector floats when floats.validity() == null -> {
                float[] out = new float[length];
                for (int i = 0; i < count; i++) {
                    int row = rows == null ? i : rows[i];
                    out[row] = floats.values()[codes[row]];
                }
                yield new FloatVector(out, length, coded.codeValidity());
            }
            default -> coded;
        };
    }
}
