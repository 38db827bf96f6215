package io.troupe.columnar.operator.join;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.spill.PartitionedSpill;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A join of which both sides lie in files divided alike: pairs of files are joined one after
/// another; a build file that is too large for memory is divided again, with its probe file, or,
/// where dividing does not help, taken in portions.
final class SpilledJoin implements AutoCloseable {
    private static final int MAX_LEVEL = 5;

    /// @param ownsBuild false when other tasks read the build file too
    private record Pair(SpillFile build, SpillFile probe, int level, boolean ownsBuild) {
        void close() {
            if (ownsBuild) {
                build.close();
            }
            probe.close();
        }
    }

    private final BuildSide side;
    private final Build build;
    private final JoinShape shape;
    private final VectorFunction[] probeKeys;
    private final TaskContext context;
    private final int keyCount;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private Pair current;
    private SpillFile.Reader reader;
    private Probe probe;
    private PortionedJoin portions;
    private boolean probeEnded;
    private PartitionedSpill probeSpill;

    SpilledJoin(
            BuildSide side,
            Build build,
            JoinShape shape,
            VectorFunction[] probeKeys,
            TaskContext context) {
        this.side = side;
        this.build = build;
        this.shape = shape.behind(probeKeys.length);
        this.probeKeys = probeKeys;
        this.context = context;
        this.keyCount = probeKeys.length;
    }

    private List<DataType> probeTypes() {
        List<DataType> types = new ArrayList<>(side.setup().keyTypes());
        types.addAll(shape.probeTypes());
        return types;
    }

    /// Reads and divides the probe side.
    void probe(Operator input) {
        probeSpill =
                new PartitionedSpill(context.spillFolder(), probeTypes(), side.dividingKeys(), 0);
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            context.checkCancelled();
            Vector[] keys = new Vector[keyCount];
            for (int k = 0; k < keyCount; k++) {
                keys[k] = probeKeys[k].evaluate(batch, batch.selection(), batch.selected());
            }
            probeSpill.write(BuildSide.withKeys(batch, keys));
        }
        count(probeSpill);
        enqueue(build.files(), probeSpill.finish(), 1, !side.isShared());
    }

    private void count(PartitionedSpill spill) {
        context.metrics().add("op." + side.setup().number() + ".spill.bytes", spill.bytes());
        context.metrics().add("spill.nanos", spill.nanos());
    }

    private void enqueue(
            List<SpillFile> builds, List<SpillFile> probes, int level, boolean ownsBuilds) {
        for (int p = 0; p < builds.size(); p++) {
            pairs.push(new Pair(builds.get(p), probes.get(p), level, ownsBuilds));
        }
    }

    Batch next() {
        while (true) {
            context.checkCancelled();
            if (portions != null) {
                Batch part = portions.next();
                if (part != null) {
                    return part;
                }
                finish();
            }
            if (probe == null && !open()) {
                return null;
            }
            if (portions != null) {
                continue;
            }
            Batch part = probe.next();
            if (part == null && !probeEnded) {
                Batch input = reader.next();
                if (input == null) {
                    probeEnded = true;
                } else {
                    probe.start(input);
                }
                continue;
            }
            part = part != null ? part : probe.remaining();
            if (part != null) {
                return part;
            }
            finish();
        }
    }

    private void finish() {
        if (portions != null) {
            portions.close();
            portions = null;
        } else {
            reader.close();
        }
        current.close();
        current = null;
        probe = null;
        side.reservation().resize(0);
    }

    /// Opens the next pair of files.
    private boolean open() {
        while (true) {
            current = pairs.poll();
            if (current == null) {
                return false;
            }
            if (!side.divisible()) {
                openPortions();
                return true;
            }
            BuildTable table = load(current);
            if (table == null) {
                side.reservation().resize(0);
                if (current.level() >= MAX_LEVEL) {
                    openPortions();
                    return true;
                }
                divide(current);
                continue;
            }
            table.seal();
            probe = new Probe(new Probe.Input(shape, leadingKeys(), context), table);
            reader = current.probe().read();
            probeEnded = probe.hopeless();
            return true;
        }
    }

    private void openPortions() {
        portions =
                new PortionedJoin(
                        side,
                        new Probe.Input(shape, leadingKeys(), context),
                        current.build(),
                        current.probe(),
                        build.hasNullKey(),
                        context);
    }

    private VectorFunction[] leadingKeys() {
        VectorFunction[] keys = new VectorFunction[keyCount];
        for (int k = 0; k < keyCount; k++) {
            int column = k;
            keys[k] = (batch, selection, count) -> batch.column(column);
        }
        return keys;
    }

    /// The table of a build file, null when it does not fit into memory.
    private BuildTable load(Pair pair) {
        BuildTable table = side.fresh();
        try (SpillFile.Reader rows = pair.build().read()) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                context.checkCancelled();
                side.add(table, batch);
                if (!side.reservation().resize(2 * table.bytes())) {
                    return null;
                }
            }
        }
        return table;
    }

    private void divide(Pair pair) {
        PartitionedSpill builds = copy(pair.build(), side.spillTypes(), pair.level());
        PartitionedSpill probes = copy(pair.probe(), probeTypes(), pair.level());
        pair.close();
        current = null;
        count(builds);
        count(probes);
        enqueue(builds.finish(), probes.finish(), pair.level() + 1, true);
    }

    private PartitionedSpill copy(SpillFile file, List<DataType> types, int level) {
        PartitionedSpill divided =
                new PartitionedSpill(context.spillFolder(), types, keyCount, level);
        try (SpillFile.Reader batches = file.read()) {
            for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
                divided.write(batch);
            }
        }
        return divided;
    }

    @Override
    public void close() {
        if (portions != null) {
            portions.close();
            portions = null;
        }
        if (reader != null) {
            reader.close();
        }
        if (current != null) {
            current.close();
        }
        if (probeSpill != null) {
            probeSpill.close();
        }
        pairs.forEach(Pair::close);
        pairs.clear();
    }
}
