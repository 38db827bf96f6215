package io.troupe.columnar.operator.window;

import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.vector.Vector;

/// Whole partitions of sorted rows, with where each row's partition and group of peers begin and
/// end (exclusive).
public final class Chunk {
    final Vector[] columns;
    final Vector[] orderKeys;
    final int rows;
    final int[] partitionFrom;
    final int[] partitionTo;
    final int[] peersFrom;
    final int[] peersTo;

    /// Throws when the task is cancelled: what takes long over one chunk asks it now and then.
    final Runnable cancelled;

    /// @param partitions compares partition keys
    /// @param order compares order keys
    /// @param cancelled throws when the task is cancelled
    Chunk(
            Vector[] columns,
            Vector[] partitionKeys,
            Vector[] orderKeys,
            int rows,
            RowComparator partitions,
            RowComparator order,
            Runnable cancelled) {
        this.columns = columns;
        this.orderKeys = orderKeys;
        this.rows = rows;
        this.cancelled = cancelled;
        partitionFrom = new int[rows];
        partitionTo = new int[rows];
        peersFrom = new int[rows];
        peersTo = new int[rows];
        for (int row = 1; row < rows; row++) {
            boolean same = partitions.compare(partitionKeys, row - 1, partitionKeys, row) == 0;
            partitionFrom[row] = same ? partitionFrom[row - 1] : row;
            boolean peer = same && order.compare(orderKeys, row - 1, orderKeys, row) == 0;
            peersFrom[row] = peer ? peersFrom[row - 1] : row;
        }
        for (int row = rows - 1; row >= 0; row--) {
            boolean last = row == rows - 1;
            partitionTo[row] =
                    last || partitionFrom[row + 1] == row + 1 ? row + 1 : partitionTo[row + 1];
            peersTo[row] = last || peersFrom[row + 1] == row + 1 ? row + 1 : peersTo[row + 1];
        }
    }
}
