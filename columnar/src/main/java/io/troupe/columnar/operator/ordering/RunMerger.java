package io.troupe.columnar.operator.ordering;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Merges sorted runs. Of equal rows, those of earlier runs come first.
final class RunMerger implements AutoCloseable {
    private final RowComparator comparator;
    private final List<DataType> types;
    private final int width;
    private final List<Cursor> cursors = new ArrayList<>();
    private final PriorityQueue<Cursor> queue;

    private static final class Cursor {
        private final int run;
        private final SpillFile.Reader reader;
        private Vector[] columns;
        private Vector[] keys;
        private int row;
        private int rows;

        private Cursor(int run, SpillFile.Reader reader) {
            this.run = run;
            this.reader = reader;
        }

        private boolean load(int width) {
            Batch batch = reader.next();
            if (batch == null) {
                return false;
            }
            columns = batch.columns();
            keys = Arrays.copyOfRange(columns, width, columns.length);
            row = 0;
            rows = batch.rowCount();
            return true;
        }
    }

    /// @param types of the columns; the first `width` come out, the rest are the keys
    RunMerger(List<SpillFile> runs, List<SortKey> keys, List<DataType> types, int width) {
        this.types = types;
        this.comparator = new RowComparator(keys);
        this.width = width;
        this.queue =
                new PriorityQueue<>(
                        Math.max(1, runs.size()),
                        ((Comparator<Cursor>)
                                        (a, b) -> comparator.compare(a.keys, a.row, b.keys, b.row))
                                .thenComparingInt(cursor -> cursor.run));
        for (SpillFile run : runs) {
            Cursor cursor = new Cursor(cursors.size(), run.read());
            cursors.add(cursor);
            if (cursor.load(width)) {
                queue.add(cursor);
            }
        }
    }

    Batch next() {
        if (queue.isEmpty()) {
            return null;
        }
        ColumnBuilder[] builders =
                types.stream().limit(width).map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        int count = 0;
        while (count < Batch.TARGET_ROWS && !queue.isEmpty()) {
            Cursor least = queue.poll();
            int run = runLength(least, Batch.TARGET_ROWS - count);
            for (int c = 0; c < width; c++) {
                builders[c].appendRange(least.columns[c], least.row, run);
            }
            count += run;
            least.row += run;
            if (least.row < least.rows || least.load(width)) {
                queue.add(least);
            }
        }
        Vector[] columns = new Vector[width];
        for (int c = 0; c < width; c++) {
            columns[c] = builders[c].build();
        }
        return new Batch(columns, count);
    }

    /// How many rows of the least cursor come before the next cursor's first.
    private int runLength(Cursor least, int limit) {
        Cursor other = queue.peek();
        int most = Math.min(limit, least.rows - least.row);
        if (other == null) {
            return most;
        }
        int run = 1;
        while (run < most) {
            int order = comparator.compare(least.keys, least.row + run, other.keys, other.row);
            if (order > 0 || order == 0 && least.run > other.run) {
                break;
            }
            run++;
        }
        return run;
    }

    @Override
    public void close() {
        cursors.forEach(cursor -> cursor.reader.close());
    }
}
