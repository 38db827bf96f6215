package io.troupe.columnar.operator.exchange;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.hash.KeyHash;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Says to which partition each row of a batch goes.
public interface RowPartitioner {
    int partitions();

    /// Writes the partitions of the batch's existing rows to `numbers`, in their order.
    void partition(Batch batch, int[] numbers);

    /// Adds what was learnt about the rows to the task's counters, once all are divided.
    default void tell(TaskMetrics metrics) {}

    /// By the engine's hash of the keys. The upper half of the hash, so that what is divided
    /// further inside a partition (hash tables, spills) sees other bits.
    ///
    /// @param types of the keys
    static RowPartitioner hash(VectorFunction[] keys, List<DataType> types, int partitions) {
        KeySample sample = new KeySample(new KeyText(types));
        return new RowPartitioner() {
            private long[] hashes = {};

            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public void partition(Batch batch, int[] numbers) {
                int count = batch.selected();
                if (hashes.length < count) {
                    hashes = new long[count];
                }
                Vector[] columns = evaluate(keys, batch);
                int[] rows = Gather.rows(batch);
                KeyHash.hash(columns, rows, count, 42, hashes);
                sample.look(columns, rows, hashes, count);
                for (int i = 0; i < count; i++) {
                    numbers[i] = (int) ((hashes[i] >>> 32) * partitions >>> 32);
                }
            }

            @Override
            public void tell(TaskMetrics metrics) {
                sample.tell(metrics);
            }
        };
    }

    private static Vector[] evaluate(VectorFunction[] keys, Batch batch) {
        Vector[] columns = new Vector[keys.length];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = keys[k].evaluate(batch, batch.selection(), batch.selected());
        }
        return columns;
    }

    /// By an integer column, modulo their number; null goes to the first.
    static RowPartitioner byId(VectorFunction id, int partitions) {
        return new RowPartitioner() {
            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public void partition(Batch batch, int[] numbers) {
                Vector ids = Gather.flat(id.evaluate(batch, batch.selection(), batch.selected()));
                for (int i = 0; i < batch.selected(); i++) {
                    int row = batch.row(i);
                    numbers[i] =
                            ids instanceof IntVector known && !known.isNull(row)
                                    ? Math.floorMod(known.values()[row], partitions)
                                    : 0;
                }
            }
        };
    }

    /// In turn, starting at a partition that depends on the task.
    static RowPartitioner roundRobin(int partitions, int task) {
        return new RowPartitioner() {
            private int next = Math.floorMod(task * 31, partitions);

            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public void partition(Batch batch, int[] numbers) {
                for (int i = 0; i < batch.selected(); i++) {
                    numbers[i] = next;
                    next = next + 1 == partitions ? 0 : next + 1;
                }
            }
        };
    }

    /// By order: partition `p` gets the rows up to and including row `p` of `bounds`, the one after
    /// the last bound the rest; there may be fewer bounds than partitions need, or none (null).
    static RowPartitioner range(
            VectorFunction[] keys, List<SortKey> orders, int partitions, Batch bounds) {
        int splits = bounds == null ? 0 : Math.min(bounds.selected(), partitions - 1);
        RowComparator comparator = new RowComparator(orders);
        return new RowPartitioner() {
            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public void partition(Batch batch, int[] numbers) {
                Vector[] columns = evaluate(keys, batch);
                int[] rows = Gather.rows(batch);
                for (int i = 0; i < batch.selected(); i++) {
                    int low = 0;
                    int high = splits;
                    while (low < high) {
                        int middle = low + high >>> 1;
                        if (comparator.compare(
                                        columns, rows[i], bounds.columns(), bounds.row(middle))
                                <= 0) {
                            high = middle;
                        } else {
                            low = middle + 1;
                        }
                    }
                    numbers[i] = low;
                }
            }
        };
    }
}
