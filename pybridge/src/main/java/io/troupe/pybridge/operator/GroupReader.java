package io.troupe.pybridge.operator;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Reads rows that are sorted by their group as runs of whole groups. Many small groups come
/// together; a group never comes in parts.
final class GroupReader {
    /// Rows that a run of small groups aims at.
    private static final int ENOUGH = 10_000;

    /// Whole groups: `bounds` are the first row of each, and the number of rows.
    record Run(Batch batch, int[] bounds) {}

    private final Operator child;
    private final List<Attribute> output;
    private final SameKey key;
    private final int enough;
    private final List<Batch> pieces = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private Vector[] lastKeys;
    private int lastRow;
    private int rows;
    private Batch pending;
    private boolean ended;

    /// @param enough rows to gather before a run is given out; 1 for single groups
    GroupReader(Operator child, List<Attribute> output, List<Attribute> grouping, int enough) {
        this.child = child;
        this.output = output;
        this.key =
                new SameKey(
                        grouping.stream().mapToInt(output::indexOf).toArray(),
                        grouping.stream().map(Attribute::type).toArray(DataType[]::new));
        this.enough = enough;
    }

    static GroupReader ofMany(Operator child, List<Attribute> output, List<Attribute> grouping) {
        return new GroupReader(child, output, grouping, ENOUGH);
    }

    /// The next groups, or null at the end.
    Run next() {
        while (!ended) {
            Batch batch = pending != null ? pending : child.next();
            pending = null;
            if (batch == null) {
                ended = true;
                break;
            }
            Batch compact = Gather.compact(batch);
            int cut = scan(compact);
            if (cut >= 0) {
                if (cut > 0) {
                    add(slice(compact, 0, cut));
                }
                pending = slice(compact, cut, compact.rowCount() - cut);
                return run();
            }
            add(compact);
        }
        return pieces.isEmpty() ? null : run();
    }

    private void add(Batch piece) {
        pieces.add(piece);
        rows += piece.rowCount();
    }

    /// Notes where groups start; gives the row before which the run is long enough and a new group
    /// starts, or -1.
    private int scan(Batch batch) {
        Vector[] keys = key.keys(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean starts = lastKeys == null || !key.same(lastKeys, lastRow, keys, row);
            if (starts) {
                if (rows + row >= enough && !this.starts.isEmpty()) {
                    return row;
                }
                this.starts.add(rows + row);
            }
            lastKeys = keys;
            lastRow = row;
        }
        return -1;
    }

    private Run run() {
        int[] bounds = new int[starts.size() + 1];
        for (int i = 0; i < starts.size(); i++) {
            bounds[i] = starts.get(i);
        }
        bounds[starts.size()] = rows;
        Batch batch =
                pieces.size() == 1 ? pieces.getFirst() : Regrouping.joined(pieces, output, rows);
        pieces.clear();
        starts.clear();
        rows = 0;
        lastKeys = null;
        return new Run(batch, bounds);
    }

    private static Batch slice(Batch batch, int from, int count) {
        int[] picked = new int[count];
        for (int i = 0; i < count; i++) {
            picked[i] = from + i;
        }
        Vector[] columns = new Vector[batch.columns().length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Gather.copy(batch.column(c), picked, 0, count);
        }
        return new Batch(columns, count);
    }
}
