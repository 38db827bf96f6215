package io.troupe.columnar.operator.join;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;

/// Joins on equal keys: reads the build side wholly, then streams the probe side. When the build
/// side does not fit into memory, both sides are divided among spill files by the hash of their
/// keys and joined file by file ([SpilledJoin]); a file that cannot be divided is taken in portions
/// ([PortionedJoin]).
public final class HashJoinOperator implements Operator {
    private final Operator probeSide;
    private final BuildSide build;
    private final JoinShape shape;
    private final VectorFunction[] probeKeys;
    private final TaskContext context;
    private Probe probe;
    private SpilledJoin spilled;
    private boolean probeEnded;
    private boolean ended;

    public HashJoinOperator(
            Operator probeSide,
            BuildSide build,
            JoinShape shape,
            VectorFunction[] probeKeys,
            TaskContext context) {
        this.probeSide = probeSide;
        this.build = build;
        this.shape = shape;
        this.probeKeys = probeKeys;
        this.context = context;
    }

    @Override
    public Batch next() {
        if (ended) {
            return null;
        }
        if (probe == null && spilled == null) {
            Build read = build.build();
            if (read.table() == null) {
                spilled = new SpilledJoin(build, read, shape, probeKeys, context);
                spilled.probe(probeSide);
            } else {
                probe = new Probe(new Probe.Input(shape, probeKeys, context), read.table());
                probeEnded = probe.hopeless();
            }
        }
        Batch batch = spilled != null ? spilled.next() : stream();
        ended = batch == null;
        return batch;
    }

    private Batch stream() {
        while (true) {
            Batch part = probe.next();
            if (part != null) {
                return part;
            }
            if (probeEnded) {
                return probe.remaining();
            }
            context.checkCancelled();
            Batch input = probeSide.next();
            if (input == null) {
                probeEnded = true;
            } else {
                probe.start(input);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        probeSide.close();
        build.close();
        if (spilled != null) {
            spilled.close();
        }
        probe = null;
    }
}
