package io.troupe.columnar.source.filter;

/// What is known of a column in some stretch of rows: bounds (engine literal form, inclusive, null
/// when unknown), nulls (-1 when unknown) and rows. Bounds need not be values that occur.
public record ColumnRange(Object minimum, Object maximum, long nulls, long rows) {
    public static ColumnRange unknown(long rows) {
        return new ColumnRange(null, null, -1, rows);
    }

    public boolean allNull() {
        return nulls >= 0 && nulls == rows;
    }
}
