package io.troupe.columnar.vector;

/// Rows in columns. `columns` all have length `rowCount`. With a selection, only rows `selection[0
/// .. selected)` (ascending, distinct) exist for readers; without one (`selection` null) all of
/// them do and `selected == rowCount`. Usually 4,096 to 8,192 rows.
public record Batch(Vector[] columns, int rowCount, int[] selection, int selected) {
    /// Rows that a source aims at per batch.
    public static final int TARGET_ROWS = 8192;

    public Batch(Vector[] columns, int rowCount) {
        this(columns, rowCount, null, rowCount);
    }

    public Vector column(int index) {
        return columns[index];
    }

    /// The position in the vectors of the i-th existing row.
    public int row(int i) {
        return selection == null ? i : selection[i];
    }

    public Batch withColumns(Vector[] columns) {
        return new Batch(columns, rowCount, selection, selected);
    }

    public long bytes() {
        long sum = selection == null ? 0 : 4L * selection.length;
        for (Vector column : columns) {
            sum += column.bytes();
        }
        return sum;
    }
}
