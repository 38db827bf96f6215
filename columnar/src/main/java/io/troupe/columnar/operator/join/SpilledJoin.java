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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A hash join of which both sides lie in files divided alike: pairs of files are joined one after
/// another; a build file that is too large for memory is divided again, with its probe file.
final class SpilledJoin implements AutoCloseable {
    private static final int MAX_LEVEL = 5;

    private record Pair(SpillFile build, SpillFile probe, int level) {
        void close() {
            build.close();
            probe.close();
        }
    }

    private final BuildSide side;
    private final JoinShape shape;
    private final VectorFunction[] probeKeys;
    private final TaskContext context;
    private final int keyCount;
    private final Deque<Pair> pairs = new ArrayDeque<>();
    private Pair current;
    private SpillFile.Reader reader;
    private Probe probe;
    private boolean probeEnded;
    private PartitionedSpill probeSpill;

    SpilledJoin(BuildSide side, JoinShape shape, VectorFunction[] probeKeys, TaskContext context) {
        this.side = side;
        this.shape = shape;
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
        probeSpill = new PartitionedSpill(context.spillFolder(), probeTypes(), keyCount, 0);
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            context.checkCancelled();
            Vector[] keys = new Vector[keyCount];
            for (int k = 0; k < keyCount; k++) {
                keys[k] = probeKeys[k].evaluate(batch, batch.selection(), batch.selected());
            }
            probeSpill.write(BuildSide.withKeys(batch, keys));
        }
        enqueue(side.spill(), probeSpill, 1);
    }

    private void enqueue(PartitionedSpill build, PartitionedSpill probes, int level) {
        context.metrics()
                .add(
                        "op." + side.setup().number() + ".spill.bytes",
                        build.bytes() + probes.bytes());
        context.metrics().add("spill.nanos", build.nanos() + probes.nanos());
        List<SpillFile> builds = build.finish();
        List<SpillFile> others = probes.finish();
        for (int p = 0; p < builds.size(); p++) {
            pairs.push(new Pair(builds.get(p), others.get(p), level));
        }
    }

    Batch next() {
        while (true) {
            context.checkCancelled();
            if (probe == null && !open()) {
                return null;
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
        reader.close();
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
            BuildTable table = load(current);
            if (table == null) {
                continue;
            }
            table.seal();
            VectorFunction[] keys = new VectorFunction[keyCount];
            for (int k = 0; k < keyCount; k++) {
                int column = k;
                keys[k] = (batch, selection, count) -> batch.column(column);
            }
            probe = new Probe(shifted(), table, keys);
            reader = current.probe().read();
            probeEnded = probe.hopeless();
            return true;
        }
    }

    /// The shape over probe batches that carry their keys in front.
    private JoinShape shifted() {
        return new JoinShape(
                shape.emission(),
                shape.probeUnmatched(),
                shape.buildUnmatched(),
                shift(shape.output()),
                shape.candidate() == null ? null : shift(shape.candidate()),
                shape.residual(),
                shape.buildTypes(),
                shape.probeTypes());
    }

    private List<JoinShape.Source> shift(List<JoinShape.Source> sources) {
        return sources.stream()
                .map(source ->
                        source.side() == JoinShape.Side.PROBE
                                ? new JoinShape.Source(source.side(), source.column() + keyCount)
                                : source)
                .toList();
    }

    private BuildTable load(Pair pair) {
        BuildTable table = side.fresh();
        try (SpillFile.Reader build = pair.build().read()) {
            for (Batch batch = build.next(); batch != null; batch = build.next()) {
                context.checkCancelled();
                Vector[] keys = Arrays.copyOf(batch.columns(), keyCount);
                Vector[] columns =
                        Arrays.copyOfRange(batch.columns(), keyCount, batch.columns().length);
                table.add(batch.withColumns(columns), keys);
                if (!side.reservation().resize(2 * table.bytes())) {
                    side.reservation().resize(0);
                    divide(pair);
                    return null;
                }
            }
        }
        return table;
    }

    private void divide(Pair pair) {
        if (pair.level() >= MAX_LEVEL) {
            throw JoinErrors.outOfMemory("A single key of a join");
        }
        PartitionedSpill builds = copy(pair.build(), side.spillTypes(), pair.level());
        PartitionedSpill probes = copy(pair.probe(), probeTypes(), pair.level());
        pair.close();
        current = null;
        enqueue(builds, probes, pair.level() + 1);
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
