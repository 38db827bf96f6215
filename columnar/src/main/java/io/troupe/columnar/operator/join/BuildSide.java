package io.troupe.columnar.operator.join;

import io.troupe.columnar.column.Gather;
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
    private Build own;

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

    boolean isShared() {
        return setup.sharedAs() != null;
    }

    /// Whether rows can be divided by their keys, so that each part is a join of its own: not
    /// without keys, nor when a null key anywhere decides about all rows.
    boolean divisible() {
        return keys.length > 0 && shape.emission() != JoinShape.Emission.PROBE_UNMATCHED_NULL_AWARE;
    }

    /// How many leading columns of spilled rows divide them among files.
    int dividingKeys() {
        return divisible() ? keys.length : 0;
    }

    /// Keys in front of the columns, as they are spilled.
    List<DataType> spillTypes() {
        List<DataType> types = new ArrayList<>(setup.keyTypes());
        types.addAll(keptTypes());
        return types;
    }

    private List<DataType> keptTypes() {
        return shape.buildRows() == JoinShape.BuildRows.NONE ? List.of() : setup.types();
    }

    BuildTable fresh() {
        return new BuildTable(keptTypes(), setup.keyTypes(), shape.buildRows());
    }

    /// Reads the side, or takes what another task of the executor has read.
    Build build() {
        Build build;
        if (isShared()) {
            build = context.shared(setup.sharedAs(), this::readShared);
        } else {
            own = read(reservation);
            build = own;
        }
        child.close();
        if (build.table() != null) {
            publish(build.table());
        }
        return build;
    }

    private Build readShared() {
        Reservation shared = new Reservation(context.memory());
        try {
            Build build = read(shared);
            build.own(shared);
            return build;
        } catch (RuntimeException | Error e) {
            shared.close();
            throw e;
        }
    }

    private Build read(Reservation reservation) {
        BuildTable table = fresh();
        PartitionedSpill spill = null;
        try {
            for (Batch batch = child.next(); batch != null; batch = child.next()) {
                context.checkCancelled();
                Vector[] keyColumns = evaluate(batch);
                if (spill != null) {
                    spill.write(withKeys(kept(batch), keyColumns));
                    continue;
                }
                table.add(batch, keyColumns);
                if (!reservation.resize(2 * table.bytes())) {
                    spill =
                            new PartitionedSpill(
                                    context.spillFolder(), spillTypes(), dividingKeys(), 0);
                    spill(table, spill);
                    reservation.resize(0);
                }
            }
        } catch (RuntimeException | Error e) {
            if (spill != null) {
                spill.close();
            }
            throw e;
        }
        if (spill != null) {
            context.metrics().add("op." + setup.number() + ".spill.bytes", spill.bytes());
            context.metrics().add("spill.nanos", spill.nanos());
            return new Build(null, spill.finish(), table.hasNullKey());
        }
        table.seal();
        reservation.resize(table.bytes());
        return new Build(table, List.of(), table.hasNullKey());
    }

    private void spill(BuildTable table, PartitionedSpill spill) {
        Batch all = table.drain();
        for (int from = 0; from < all.rowCount(); from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, all.rowCount() - from);
            int[] selection = new int[count];
            for (int i = 0; i < count; i++) {
                selection[i] = from + i;
            }
            Batch part = Gather.compact(new Batch(all.columns(), all.rowCount(), selection, count));
            spill.write(
                    shape.buildRows() == JoinShape.BuildRows.NONE
                            ? part
                            : withKeys(part, evaluate(part)));
        }
    }

    private Batch kept(Batch batch) {
        return shape.buildRows() == JoinShape.BuildRows.NONE
                ? batch.withColumns(new Vector[0])
                : batch;
    }

    /// Adds spilled rows to a table.
    void add(BuildTable table, Batch spilled) {
        Vector[] all = spilled.columns();
        table.add(
                spilled.withColumns(Arrays.copyOfRange(all, keys.length, all.length)),
                Arrays.copyOf(all, keys.length));
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
        if (own != null) {
            own.close();
        }
    }
}
