package io.troupe.columnar.operator.join;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.KeyIndex;
import io.troupe.columnar.operator.join.JoinShape.BuildRows;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;

/// The build side of a hash join: its rows in long columns, an index of its keys, and the rows of
/// each key. Filled by one thread, then sealed and read by any number of tasks.
final class BuildTable {
    private final KeyIndex index;
    private final ColumnBuilder[] builders;
    private final BuildRows kept;
    private Vector[] columns;
    private int[] keyOf = new int[1024];
    private int rows;
    private int keyedRows;
    private boolean nullKey;

    /// Rows of key `k` are `members[starts[k] .. starts[k + 1])`; null when each key has one row,
    /// then `members[k]`; `members` null: row k.
    private int[] starts;

    private int[] members;

    /// @param types of the columns that are kept; none when no rows are
    BuildTable(List<DataType> types, List<DataType> keyTypes, BuildRows kept) {
        this.builders = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        this.index = new KeyIndex(keyTypes);
        this.kept = kept;
    }

    long bytes() {
        long sum = index.bytes() + 12L * keyOf.length;
        if (columns != null) {
            for (Vector column : columns) {
                sum += column.bytes();
            }
            return sum;
        }
        for (ColumnBuilder builder : builders) {
            sum += builder.bytes();
        }
        return sum;
    }

    void add(Batch batch, Vector[] keys) {
        int count = batch.selected();
        int[] all = Gather.rows(batch);
        int[] present = present(keys, all, count);
        int keyed = present == all ? count : presentCount;
        nullKey |= keyed < count;
        int[] ids = new int[keyed];
        index.assign(keys, present, keyed, ids);
        if (kept == BuildRows.NONE) {
            rows = index.size();
            return;
        }
        int[] stay = kept == BuildRows.ALL ? all : present;
        int staying = kept == BuildRows.ALL ? count : keyed;
        room(staying);
        if (staying == keyed) {
            System.arraycopy(ids, 0, keyOf, rows, keyed);
        } else {
            spread(all, count, present, ids);
        }
        for (int c = 0; c < builders.length; c++) {
            builders[c].append(batch.column(c), stay, 0, staying);
        }
        rows += staying;
        keyedRows += keyed;
    }

    private int presentCount;

    private int[] present(Vector[] keys, int[] rows, int count) {
        boolean mayBeNull = false;
        for (Vector key : keys) {
            mayBeNull |= key.validity() != null;
        }
        if (!mayBeNull) {
            return rows;
        }
        int[] present = new int[count];
        presentCount = 0;
        for (int i = 0; i < count; i++) {
            boolean missing = false;
            for (Vector key : keys) {
                missing |= key.isNull(rows[i]);
            }
            present[presentCount] = rows[i];
            presentCount += missing ? 0 : 1;
        }
        return present;
    }

    private void spread(int[] all, int count, int[] present, int[] ids) {
        int next = 0;
        for (int i = 0; i < count; i++) {
            boolean keyed = next < ids.length && present[next] == all[i];
            keyOf[rows + i] = keyed ? ids[next] : -1;
            next += keyed ? 1 : 0;
        }
    }

    private void room(int more) {
        if (rows + more > keyOf.length) {
            keyOf = Arrays.copyOf(keyOf, Math.max(rows + more, keyOf.length * 2));
        }
    }

    /// Ends filling: groups the rows by key and makes the index compact.
    void seal() {
        columns = new Vector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        index.seal();
        int keys = index.size();
        if (keys == rows) {
            keyOf = new int[0];
            return;
        }
        int[] ends = new int[keys + 1];
        for (int r = 0; r < rows; r++) {
            if (keyOf[r] >= 0) {
                ends[keyOf[r] + 1]++;
            }
        }
        for (int k = 0; k < keys; k++) {
            ends[k + 1] += ends[k];
        }
        int[] grouped = new int[keyedRows];
        int[] next = ends.clone();
        for (int r = 0; r < rows; r++) {
            if (keyOf[r] >= 0) {
                grouped[next[keyOf[r]]++] = r;
            }
        }
        members = grouped;
        starts = keys == keyedRows ? null : ends;
        keyOf = new int[0];
    }

    /// Empties the table: the rows so far, for spilling; the keys alone where no rows are kept.
    Batch drain() {
        if (kept == BuildRows.NONE) {
            return new Batch(index.keys(0, index.size()), index.size());
        }
        Vector[] taken = new Vector[builders.length];
        for (int c = 0; c < taken.length; c++) {
            taken[c] = builders[c].build();
        }
        return new Batch(taken, rows);
    }

    /// How many rows it has: of each key one when it keeps none.
    int rows() {
        return rows;
    }

    boolean hasNullKey() {
        return nullKey;
    }

    Vector[] columns() {
        return columns;
    }

    KeyIndex index() {
        return index;
    }

    /// Whether every key has exactly one row.
    boolean unique() {
        return starts == null;
    }

    /// The first (of unique keys the only) row of a key.
    int row(int key) {
        return members == null ? key : members[starts == null ? key : starts[key]];
    }

    /// Turns key numbers into rows in place, for unique keys.
    void rowsOf(int[] keys, int count) {
        if (members == null) {
            return;
        }
        int[] to = members;
        for (int i = 0; i < count; i++) {
            keys[i] = keys[i] < 0 ? -1 : to[keys[i]];
        }
    }

    int from(int key) {
        return starts == null ? key : starts[key];
    }

    int to(int key) {
        return starts == null ? key + 1 : starts[key + 1];
    }

    int member(int position) {
        return members == null ? position : members[position];
    }
}
