package io.troupe.columnar.operator.join;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.spill.PartitionedSpill;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the build side of a hash join, into a table, or into spill files when it does not fit.
public final class BuildSide implements AutoCloseable {
    /// @param types of the build side's columns
    /// @param keyTypes of the keys
    /// @param filters numbers of the runtime filters to publish, one per key or -1
    /// @param sharedAs under which name tasks of an executor share the table; null: each task has
    ///   its own
    /// @param number of the join in its stage
    public record Setup(
            List<DataType> types,
            List<DataType> keyTypes,
            List<Integer> filters,
            String sharedAs,
            int number) {}

    private final Operator child;
    private final VectorFunction[] keys;
    private final Setup setup;
    private final JoinShape shape;
    private final TaskContext context;
    private final Reservation reservation;
    private PartitionedSpill spill;

    public BuildSide(
            Operator child,
            VectorFunction[] keys,
            Setup setup,
            JoinShape shape,
            TaskContext context) {
        this.child = child;
        this.keys = keys;
        this.setup = setup;
        this.shape = shape;
        this.context = context;
        this.reservation = new Reservation(context.memory());
    }

    Setup setup() {
        return setup;
    }

    Reservation reservation() {
        return reservation;
    }

    PartitionedSpill spill() {
        return spill;
    }

    /// Keys in front of the columns, as they are spilled.
    List<DataType> spillTypes() {
        List<DataType> types = new ArrayList<>(setup.keyTypes());
        types.addAll(setup.types());
        return types;
    }

    BuildTable fresh() {
        return new BuildTable(setup.types(), setup.keyTypes(), shape.marksBuild());
    }

    /// The table; null when it did not fit and lies in [#spill()].
    BuildTable table() {
        BuildTable table =
                setup.sharedAs() == null
                        ? read(reservation, true)
                        : context.shared(setup.sharedAs(), this::readShared);
        child.close();
        if (table != null) {
            publish(table);
        }
        return table;
    }

    private BuildTable readShared() {
        Reservation own = new Reservation(context.memory());
        try {
            BuildTable table = read(own, false);
            table.own(own);
            return table;
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    private BuildTable read(Reservation reservation, boolean maySpill) {
        BuildTable table = fresh();
        for (Batch batch = child.next(); batch != null; batch = child.next()) {
            context.checkCancelled();
            Vector[] keyColumns = evaluate(batch);
            if (spill != null) {
                spill.write(withKeys(batch, keyColumns));
                continue;
            }
            table.add(batch, keyColumns);
            if (!reservation.resize(2 * table.bytes())) {
                if (!maySpill) {
                    throw JoinErrors.outOfMemory("The build side of a broadcast join");
                }
                startSpill(table);
                table = null;
            }
        }
        if (spill != null) {
            return null;
        }
        table.seal();
        reservation.resize(table.bytes());
        return table;
    }

    private void startSpill(BuildTable table) {
        if (keys.length == 0) {
            throw JoinErrors.outOfMemory("The inner side of a join without equal keys");
        }
        if (shape.emission() == JoinShape.Emission.PROBE_UNMATCHED_NULL_AWARE) {
            throw JoinErrors.outOfMemory("The list of a NOT IN");
        }
        spill = new PartitionedSpill(context.spillFolder(), spillTypes(), keys.length, 0);
        Batch all = table.drain();
        for (int from = 0; from < all.rowCount(); from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, all.rowCount() - from);
            int[] selection = new int[count];
            for (int i = 0; i < count; i++) {
                selection[i] = from + i;
            }
            Batch part =
                    io.troupe.columnar.column.Gather.compact(
                            new Batch(all.columns(), all.rowCount(), selection, count));
            spill.write(withKeys(part, evaluate(part)));
        }
        reservation.resize(0);
    }

    private Vector[] evaluate(Batch batch) {
        Vector[] columns = new Vector[keys.length];
        for (int k = 0; k < keys.length; k++) {
            columns[k] = keys[k].evaluate(batch, batch.selection(), batch.selected());
        }
        return columns;
    }

    static Batch withKeys(Batch batch, Vector[] keys) {
        Vector[] columns = Arrays.copyOf(keys, keys.length + batch.columns().length);
        System.arraycopy(batch.columns(), 0, columns, keys.length, batch.columns().length);
        return batch.withColumns(columns);
    }

    private void publish(BuildTable table) {
        for (int k = 0; k < setup.filters().size(); k++) {
            int number = setup.filters().get(k);
            if (number >= 0 && context.runtimeFilters().find(number) == null) {
                Vector values = table.index().keys(0, table.index().size())[k];
                context.runtimeFilters()
                        .publish(number, KeyFilter.of(values, setup.keyTypes().get(k)));
            }
        }
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        if (spill != null) {
            spill.close();
        }
    }
}
