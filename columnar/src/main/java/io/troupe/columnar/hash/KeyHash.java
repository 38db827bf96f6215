package io.troupe.columnar.hash;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// The engine's hash of key rows, by which exchanges and spills divide them. It depends on values
/// only, never on how a column is held, and is the same on every node.
public final class KeyHash {
    private static final long NULL = 0x2545F4914F6CDD1DL;

    private KeyHash() {}

    /// Writes the 64-bit hashes of the rows `rows[0 .. count)` to `hashes`. Other seeds give
    /// independent hashes.
    public static void hash(Vector[] keys, int[] rows, int count, long seed, long[] hashes) {
        for (int i = 0; i < count; i++) {
            hashes[i] = seed;
        }
        for (Vector key : keys) {
            combine(key, rows, count, hashes);
        }
    }

    private static void combine(Vector key, int[] rows, int count, long[] hashes) {
        if (key instanceof NullVector) {
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashing.combine(hashes[i], NULL);
            }
            return;
        }
        if (key instanceof DictionaryVector coded) {
            combineCoded(coded, rows, count, hashes);
            return;
        }
        if (key.validity() == null && combinePlain(key, rows, count, hashes)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            hashes[i] = Hashing.combine(hashes[i], key.isNull(row) ? NULL : one(key, row));
        }
    }

    private static boolean combinePlain(Vector key, int[] rows, int count, long[] hashes) {
        switch (key) {
            case LongVector longs -> {
                long[] values = longs.values();
                for (int i = 0; i < count; i++) {
                    hashes[i] = Hashing.combine(hashes[i], values[rows[i]]);
                }
            }
            case IntVector ints -> {
                int[] values = ints.values();
                for (int i = 0; i < count; i++) {
                    hashes[i] = Hashing.combine(hashes[i], values[rows[i]]);
                }
            }
            case BytesVector bytes -> {
                byte[] data = bytes.data();
                int[] offsets = bytes.offsets();
                for (int i = 0; i < count; i++) {
                    int from = offsets[rows[i]];
                    hashes[i] =
                            Hashing.combine(
                                    hashes[i],
                                    Hashing.bytes(data, from, offsets[rows[i] + 1] - from));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void combineCoded(DictionaryVector coded, int[] rows, int count, long[] hashes) {
        Vector entries = coded.dictionary();
        int[] codes = coded.codes();
        if (entries.length() > count) {
            combineEntries(coded, rows, count, hashes);
            return;
        }
        long[] known = new long[entries.length()];
        for (int e = 0; e < known.length; e++) {
            known[e] = entries.isNull(e) ? NULL : one(entries, e);
        }
        long[] bits = coded.codeValidity();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean missing = bits != null && (bits[row >> 6] >>> row & 1L) == 0;
            hashes[i] = Hashing.combine(hashes[i], missing ? NULL : known[codes[row]]);
        }
    }

    /// Of a dictionary with more entries than rows, only the entries of these rows are hashed.
    private static void combineEntries(
            DictionaryVector coded, int[] rows, int count, long[] hashes) {
        int[] codes = coded.codes();
        int[] entries = new int[count];
        for (int i = 0; i < count; i++) {
            entries[i] = codes[rows[i]];
        }
        long[] bits = coded.codeValidity();
        long[] before = bits == null ? null : Arrays.copyOf(hashes, count);
        combine(coded.dictionary(), entries, count, hashes);
        if (bits == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if ((bits[row >> 6] >>> row & 1L) == 0) {
                hashes[i] = Hashing.combine(before[i], NULL);
            }
        }
    }

    /// The hash of one value that is not null.
    private static long one(Vector key, int row) {
        return switch (key) {
            case BooleanVector booleans -> booleans.values()[row];
            case IntVector ints -> ints.values()[row];
            case LongVector longs -> longs.values()[row];
            case FloatVector floats -> Hashing.bits(floats.values()[row]);
            case DoubleVector doubles -> Hashing.bits(doubles.values()[row]);
            case Decimal128Vector wide -> Hashing.combine(wide.high()[row], wide.low()[row]);
            case BytesVector bytes ->
                    Hashing.bytes(
                            bytes.data(),
                            bytes.offsets()[row],
                            bytes.offsets()[row + 1] - bytes.offsets()[row]);
            default -> {
                RowBytes encoder = new RowBytes();
                encoder.append(key, row);
                yield Hashing.bytes(encoder.bytes(), 0, encoder.size());
            }
        };
    }
}
