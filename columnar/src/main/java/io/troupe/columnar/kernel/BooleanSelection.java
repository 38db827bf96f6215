package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

/// Turns a boolean column into the rows where it is true.
public final class BooleanSelection {
    private BooleanSelection() {}

    public static int select(Vector condition, int[] selection, int count, int[] result) {
        return switch (condition) {
            case NullVector _ -> 0;
            case BooleanVector flags -> flat(flags, selection, count, result);
            case DictionaryVector coded -> coded(coded, selection, count, result);
            default -> throw new IllegalArgumentException(condition.getClass().getSimpleName());
        };
    }

    private static int flat(BooleanVector flags, int[] selection, int count, int[] result) {
        byte[] values = flags.values();
        long[] validity = flags.validity();
        int k = 0;
        if (validity == null) {
            for (int i = 0; i < count; i++) {
                int row = selection == null ? i : selection[i];
                result[k] = row;
                k += values[row];
            }
            return k;
        }
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += values[row] & (int) (validity[row >> 6] >>> row & 1L);
        }
        return k;
    }

    private static int coded(DictionaryVector coded, int[] selection, int count, int[] result) {
        if (coded.dictionary() instanceof NullVector) {
            return 0;
        }
        BooleanVector entries = (BooleanVector) coded.dictionary();
        byte[] values = entries.values();
        if (entries.validity() != null) {
            values = new byte[entries.length()];
            for (int e = 0; e < values.length; e++) {
                values[e] = (byte) (entries.isNull(e) ? 0 : entries.values()[e]);
            }
        }
        int[] codes = coded.codes();
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            result[k] = row;
            k += values[codes[row]];
        }
        return coded.codeValidity() == null
                ? k
                : RangeSelection.present(coded.codeValidity(), result, k, result);
    }
}
