package io.troupe.columnar.hash;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.Storage;
import java.util.Arrays;
import java.util.List;

/// The keys of groups, numbered 0, 1, 2 … in order of arrival, equal as in a [KeyIndex].
///
/// Keys of numbers and texts are often a number with what it determines: a customer's id, name and
/// address. As long as no two rows contradict that, only the numbers are looked up, and texts are
/// compared with the group's; the first contradiction puts all columns into the index.
public final class GroupKeys {
    private static final int PORTION = 8192;

    private final List<DataType> types;
    private KeyIndex index;

    /// Per column its texts when they seem determined by the columns of the index, else null; null
    /// as a whole when all columns are in the index.
    private DeterminedTexts[] determined;

    private int[] fresh = {};

    public GroupKeys(List<DataType> types) {
        this.types = types;
        this.determined = determinedBy(types);
        this.index = new KeyIndex(determined == null ? types : leading());
    }

    private static DeterminedTexts[] determinedBy(List<DataType> types) {
        boolean numbers = false;
        boolean texts = false;
        for (DataType type : types) {
            switch (type.storage()) {
                case INT, LONG -> numbers = true;
                case BYTES -> texts = true;
                case INTERVAL, ARRAY, MAP, STRUCT, DECIMAL128 -> {
                    return null;
                }
                case NULL, BOOLEAN, FLOAT, DOUBLE -> {}
            }
        }
        if (!numbers || !texts) {
            return null;
        }
        return types.stream()
                .map(type -> type.storage() == Storage.BYTES ? new DeterminedTexts() : null)
                .toArray(DeterminedTexts[]::new);
    }

    private List<DataType> leading() {
        return types.stream().filter(type -> type.storage() != Storage.BYTES).toList();
    }

    public int size() {
        return index.size();
    }

    /// Heap bytes held, about.
    public long bytes() {
        long sum = index.bytes();
        if (determined != null) {
            for (DeterminedTexts texts : determined) {
                sum += texts == null ? 0 : texts.bytes();
            }
        }
        return sum;
    }

    /// Writes the numbers of the key rows `rows[0 .. count)` to `ids`; unknown rows get the next
    /// numbers.
    public void assign(Vector[] keys, int[] rows, int count, int[] ids) {
        if (determined == null) {
            index.assign(keys, rows, count, ids);
            return;
        }
        int known = index.size();
        index.assign(leading(keys), rows, count, ids);
        if (!agree(keys, rows, count, ids, known)) {
            contradicted(known);
            index.assign(keys, rows, count, ids);
        }
    }

    private Vector[] leading(Vector[] keys) {
        Vector[] leading = new Vector[keys.length];
        int columns = 0;
        for (int c = 0; c < keys.length; c++) {
            if (determined[c] == null) {
                leading[columns++] = keys[c];
            }
        }
        return Arrays.copyOf(leading, columns);
    }

    private boolean agree(Vector[] keys, int[] rows, int count, int[] ids, int known) {
        int found = fresh(rows, count, ids, known);
        for (int c = 0; c < keys.length; c++) {
            if (determined[c] != null && !determined[c].canTake(keys[c], fresh, found)) {
                return false;
            }
        }
        boolean agree = true;
        for (int c = 0; c < keys.length; c++) {
            if (determined[c] != null) {
                determined[c].add(keys[c], fresh, found);
                agree = agree && determined[c].agree(keys[c], rows, count, ids);
            }
        }
        return agree;
    }

    /// The first rows of the keys that are numbered `known` and up.
    private int fresh(int[] rows, int count, int[] ids, int known) {
        if (fresh.length < count) {
            fresh = new int[Math.max(count, PORTION)];
        }
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (ids[i] == known + found) {
                fresh[found++] = rows[i];
            }
        }
        return found;
    }

    /// Starts again with all columns in the index, and the first `known` keys under their numbers.
    private void contradicted(int known) {
        KeyIndex all = new KeyIndex(types);
        int[] ids = new int[Math.min(known, PORTION)];
        for (int from = 0; from < known; from += PORTION) {
            int count = Math.min(PORTION, known - from);
            all.assign(keys(from, count), Gather.identity(count), count, ids);
        }
        index = all;
        determined = null;
    }

    /// The key rows numbered `from` to `from + count`, as columns.
    public Vector[] keys(int from, int count) {
        Vector[] indexed = index.keys(from, count);
        if (determined == null) {
            return indexed;
        }
        Vector[] columns = new Vector[types.size()];
        int next = 0;
        for (int c = 0; c < columns.length; c++) {
            columns[c] =
                    determined[c] == null ? indexed[next++] : determined[c].column(from, count);
        }
        return columns;
    }
}
