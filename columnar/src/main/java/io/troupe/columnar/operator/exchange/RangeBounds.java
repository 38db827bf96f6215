package io.troupe.columnar.operator.exchange;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Chooses the bounds of partitions by order from a sample of the sort keys.
public final class RangeBounds {
    private final ColumnBuilder[] sample;

    /// @param types of the sort keys
    public RangeBounds(List<DataType> types) {
        this.sample = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    /// Adds rows of the sample; all come in order.
    public void add(Batch batch) {
        int[] rows = Gather.rows(batch);
        for (int c = 0; c < sample.length; c++) {
            sample[c].append(batch.column(c), rows, 0, batch.selected());
        }
    }

    /// Rows of the sample that divide it into equal parts, in order: one less than there are
    /// partitions, none where the sample is empty.
    public Batch of(int partitions) {
        int count = sample.length == 0 ? 0 : sample[0].length();
        Vector[] columns = new Vector[sample.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = sample[c].build();
        }
        int bounds = count == 0 ? 0 : partitions - 1;
        int[] chosen = new int[bounds];
        for (int i = 0; i < bounds; i++) {
            chosen[i] = (int) ((long) count * (i + 1) / partitions);
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Gather.copy(columns[c], chosen, 0, bounds);
        }
        return new Batch(columns, bounds);
    }
}
