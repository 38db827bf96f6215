package io.troupe.columnar.operator.ordering;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;

/// Gathers rows with their key columns into long columns. Keys that are columns of the input
/// already are not held twice.
public final class RowBuffer {
    private final List<DataType> types;
    private final VectorFunction[] keys;
    private final int width;
    private final int[] keyColumns;
    private ColumnBuilder[] builders;
    private int rows;

    /// @param types of the input's columns, then of the keys
    /// @param keyColumns for each key the input column that it is, or -1 when `keys` computes it
    public RowBuffer(List<DataType> types, VectorFunction[] keys, int[] keyColumns) {
        this.types = types;
        this.keys = keys;
        this.width = types.size() - keys.length;
        this.keyColumns = keyColumns;
        clear();
    }

    private void clear() {
        builders = new ColumnBuilder[types.size()];
        for (int c = 0; c < builders.length; c++) {
            if (c < width || keyColumns[c - width] < 0) {
                builders[c] = ColumnBuilder.of(types.get(c));
            }
        }
        rows = 0;
    }

    int rows() {
        return rows;
    }

    List<DataType> types() {
        return types;
    }

    /// Columns before the keys.
    int width() {
        return width;
    }

    long bytes() {
        long sum = 0;
        for (ColumnBuilder builder : builders) {
            sum += builder == null ? 0 : builder.bytes();
        }
        return sum;
    }

    /// The batch's columns followed by its key columns.
    Vector[] withKeys(Batch batch) {
        Vector[] columns = Arrays.copyOf(batch.columns(), types.size());
        for (int k = 0; k < keys.length; k++) {
            columns[width + k] =
                    keyColumns[k] >= 0
                            ? columns[keyColumns[k]]
                            : keys[k].evaluate(batch, batch.selection(), batch.selected());
        }
        return columns;
    }

    void add(Batch batch) {
        append(withKeys(batch), Gather.rows(batch), batch.selected());
    }

    void append(Vector[] columns, int[] from, int count) {
        for (int c = 0; c < builders.length; c++) {
            if (builders[c] != null) {
                builders[c].append(columns[c], from, 0, count);
            }
        }
        rows += count;
    }

    /// All columns, keys included; the buffer is empty afterwards.
    Vector[] take() {
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c] != null ? builders[c].build() : columns[keyColumns[c - width]];
        }
        clear();
        return columns;
    }

    /// The key part of columns with keys.
    Vector[] keys(Vector[] columns) {
        return Arrays.copyOfRange(columns, width, columns.length);
    }
}
