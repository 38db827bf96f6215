package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.spill.PartitionedSpill;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Aggregates by hash. While it may not grow: PARTIAL and MERGE hand their states on early; FINAL
/// and COMPLETE write states to spill files divided by hash and merge them file by file, dividing
/// again where a file is still too large. PARTIAL stops grouping when it does not reduce its input.
public final class HashAggregateOperator implements Operator {
    private static final int TRIAL_ROWS = 1 << 17;
    private static final double USELESS_REDUCTION = 0.75;
    private static final int MAX_LEVEL = 6;

    /// What the operator computes: `groupings` over the child's batches (for modes that read
    /// states: its first columns), programs for a set of groups, and the argument functions by
    /// slot.
    public record Setup(
            AggregateMode mode,
            List<DataType> keyTypes,
            List<DataType> stateTypes,
            VectorFunction[] groupings,
            List<VectorFunction> arguments,
            Supplier<AggregateProgram> overRows,
            Supplier<AggregateProgram> overStates) {}

    private record Pending(SpillFile file, int level) {}

    private final Operator child;
    private final Setup setup;
    private final TaskContext context;
    private final Reservation reservation;
    private final String spillCounter;
    private final boolean readsStates;
    private final boolean givesStates;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private GroupSet groups;
    private PartitionedSpill spill;
    private int emitted;
    private boolean emitting;
    private boolean inputDone;
    private boolean passThrough;
    private long rowsRead;

    public HashAggregateOperator(Operator child, Setup setup, TaskContext context, int number) {
        this.child = child;
        this.setup = setup;
        this.context = context;
        this.reservation = new Reservation(context.memory());
        this.spillCounter = "op." + number + ".spill.bytes";
        this.readsStates =
                setup.mode() == AggregateMode.MERGE || setup.mode() == AggregateMode.FINAL;
        this.givesStates =
                setup.mode() == AggregateMode.PARTIAL || setup.mode() == AggregateMode.MERGE;
        this.groups = fresh(readsStates);
    }

    private GroupSet fresh(boolean overStates) {
        return new GroupSet(
                setup.keyTypes(), overStates ? setup.overStates().get() : setup.overRows().get());
    }

    @Override
    public Batch next() {
        while (true) {
            context.checkCancelled();
            if (emitting) {
                Batch batch = emit();
                if (batch != null) {
                    return batch;
                }
                emitting = false;
                groups = null;
                reservation.resize(0);
            }
            if (inputDone) {
                if (!loadPending()) {
                    return null;
                }
                continue;
            }
            Batch input = child.next();
            if (input == null) {
                finishInput();
            } else if (passThrough) {
                return passThrough(input);
            } else {
                absorb(input);
            }
        }
    }

    private Batch emit() {
        int count = Math.min(Batch.TARGET_ROWS, groups.size() - emitted);
        if (count <= 0) {
            return null;
        }
        Batch batch = groups.batch(emitted, count, givesStates);
        emitted += count;
        return batch;
    }

    private void startEmitting() {
        emitting = true;
        emitted = 0;
    }

    private void absorb(Batch input) {
        if (groups == null) {
            groups = fresh(readsStates);
        }
        if (readsStates) {
            groups.merge(input);
        } else {
            groups.update(evaluate(setup.groupings(), input), arguments(input), input);
        }
        rowsRead += input.selected();
        if (setup.mode() == AggregateMode.PARTIAL
                && !setup.keyTypes().isEmpty()
                && rowsRead >= TRIAL_ROWS) {
            decidePassThrough();
        }
        if (!emitting && !reservation.resize(groups.bytes())) {
            giveWay(0);
        }
    }

    private void decidePassThrough() {
        if (groups.size() > USELESS_REDUCTION * rowsRead && groups.mergeable()) {
            passThrough = true;
            startEmitting();
        } else {
            rowsRead = Long.MIN_VALUE;
        }
    }

    private Batch passThrough(Batch input) {
        GroupSet each = fresh(false);
        each.each(arguments(input), input);
        return each.eachStates(evaluate(setup.groupings(), input), input);
    }

    private static Vector[] evaluate(VectorFunction[] functions, Batch input) {
        Vector[] columns = new Vector[functions.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = functions[c].evaluate(input, input.selection(), input.selected());
        }
        return columns;
    }

    private Vector[] arguments(Batch input) {
        return evaluate(setup.arguments().toArray(VectorFunction[]::new), input);
    }

    /// Memory was refused.
    private void giveWay(int level) {
        if (givesStates) {
            startEmitting();
            return;
        }
        if (setup.keyTypes().isEmpty() || !groups.mergeable() || level >= MAX_LEVEL) {
            throw AggregateErrors.outOfMemory("An aggregation");
        }
        if (spill == null) {
            spill =
                    new PartitionedSpill(
                            context.spillFolder(), spillTypes(), setup.keyTypes().size(), level);
        }
        for (int from = 0; from < groups.size(); from += Batch.TARGET_ROWS) {
            spill.write(
                    groups.batch(from, Math.min(Batch.TARGET_ROWS, groups.size() - from), true));
        }
        groups = null;
        reservation.resize(0);
    }

    private List<DataType> spillTypes() {
        List<DataType> types = new ArrayList<>(setup.keyTypes());
        types.addAll(setup.stateTypes());
        return types;
    }

    private void finishInput() {
        inputDone = true;
        if (spill != null) {
            if (groups != null) {
                giveWay(0);
            }
            enqueue(0);
            return;
        }
        if (groups == null) {
            return;
        }
        if (setup.keyTypes().isEmpty()) {
            groups.ensureGroup();
        }
        startEmitting();
    }

    private void enqueue(int level) {
        context.metrics().add(spillCounter, spill.bytes());
        context.metrics().add("spill.nanos", spill.nanos());
        for (SpillFile file : spill.finish()) {
            pending.push(new Pending(file, level + 1));
        }
        spill = null;
    }

    /// Merges the next spilled part; false when there is none left.
    private boolean loadPending() {
        Pending part = pending.poll();
        if (part == null) {
            return false;
        }
        groups = fresh(true);
        try (SpillFile file = part.file();
                SpillFile.Reader reader = file.read()) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                context.checkCancelled();
                if (groups == null) {
                    groups = fresh(true);
                }
                groups.merge(batch);
                if (!reservation.resize(groups.bytes())) {
                    giveWay(part.level());
                }
            }
        }
        if (spill != null) {
            if (groups != null) {
                giveWay(part.level());
            }
            enqueue(part.level());
        } else {
            startEmitting();
        }
        return true;
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        if (spill != null) {
            spill.close();
            spill = null;
        }
        pending.forEach(part -> part.file().close());
        pending.clear();
        groups = null;
        emitting = false;
        inputDone = true;
    }
}
