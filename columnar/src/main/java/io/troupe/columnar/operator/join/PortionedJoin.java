package io.troupe.columnar.operator.join;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.join.JoinShape.Emission;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import java.util.Arrays;

/// A join whose build side lies in a file that neither fits into memory nor can be divided by keys:
/// the build rows are taken in portions that fit, and the probe file is read once per portion. What
/// depends on all portions - probe rows that never matched, or did - is kept as a bit per probe row
/// and given by one more reading at the end.
final class PortionedJoin implements AutoCloseable {
    private enum Phase {
        LOADING,
        PROBING,
        LEFT_OVER_BUILD_ROWS,
        PROBE_ROWS_BY_MATCH,
        DONE
    }

    private final BuildSide side;
    private final Probe.Input input;
    private final SpillFile probeFile;
    private final TaskContext context;
    private final SpillFile.Reader builds;
    private final MatchedRows matched = new MatchedRows();
    private SpillFile.Reader probes;
    private Probe probe;
    private Batch current;
    private boolean lastPortion;
    private boolean nullKey;
    private Phase phase = Phase.LOADING;

    /// @param input over probe batches as they lie in the file, keys in front
    /// @param nullKey whether build rows with a null key exist beside those of the file
    PortionedJoin(
            BuildSide side,
            Probe.Input input,
            SpillFile build,
            SpillFile probeFile,
            boolean nullKey,
            TaskContext context) {
        this.side = side;
        this.input = input;
        this.probeFile = probeFile;
        this.nullKey = nullKey;
        this.context = context;
        this.builds = build.read();
    }

    Batch next() {
        while (true) {
            context.checkCancelled();
            Batch part =
                    switch (phase) {
                        case LOADING -> load();
                        case PROBING -> probe();
                        case LEFT_OVER_BUILD_ROWS -> leftOver();
                        case PROBE_ROWS_BY_MATCH -> byMatch();
                        case DONE -> null;
                    };
            if (part != null || phase == Phase.DONE) {
                return part;
            }
        }
    }

    /// Takes build rows until memory is refused, at least a batch.
    private Batch load() {
        BuildTable table = side.fresh();
        side.reservation().resize(matched.bytes());
        boolean room = true;
        while (room) {
            Batch batch = builds.next();
            lastPortion = batch == null;
            if (lastPortion) {
                break;
            }
            side.add(table, batch);
            room = side.reservation().resize(matched.bytes() + 2 * table.bytes());
        }
        nullKey |= table.hasNullKey();
        table.seal();
        probe = Probe.portion(input, table);
        probes = probeFile.read();
        matched.rewind();
        boolean decided =
                nullKey && input.shape().emission() == Emission.PROBE_UNMATCHED_NULL_AWARE;
        phase = decided ? Phase.DONE : Phase.PROBING;
        return null;
    }

    private Batch probe() {
        Batch part = probe.next();
        if (part != null) {
            return part;
        }
        if (current != null) {
            matched.add(probe.matched(), current.selected());
        }
        current = probes.next();
        if (current != null) {
            probe.start(current);
        } else {
            probes.close();
            phase = Phase.LEFT_OVER_BUILD_ROWS;
        }
        return null;
    }

    private Batch leftOver() {
        Batch part = probe.remaining();
        if (part != null) {
            return part;
        }
        if (!lastPortion) {
            phase = Phase.LOADING;
        } else if (probe.givesByMatch()) {
            probes = probeFile.read();
            matched.rewind();
            phase = Phase.PROBE_ROWS_BY_MATCH;
        } else {
            phase = Phase.DONE;
        }
        return null;
    }

    private Batch byMatch() {
        Batch batch = probes.next();
        if (batch == null) {
            phase = Phase.DONE;
            return null;
        }
        return probe.byMatch(batch, matched.next(batch.selected()));
    }

    @Override
    public void close() {
        phase = Phase.DONE;
        builds.close();
        if (probes != null) {
            probes.close();
        }
        probe = null;
    }

    /// A bit per row of the probe file, in the file's order.
    private static final class MatchedRows {
        private long[] bits = new long[64];
        private long at;

        long bytes() {
            return 8L * bits.length;
        }

        void rewind() {
            at = 0;
        }

        void add(byte[] flags, int count) {
            int words = Math.toIntExact((at + count >> 6) + 1);
            if (words > bits.length) {
                bits = Arrays.copyOf(bits, Math.max(words, 2 * bits.length));
            }
            for (int i = 0; i < count; i++, at++) {
                bits[(int) (at >> 6)] |= (long) flags[i] << (at & 63);
            }
        }

        byte[] next(int count) {
            byte[] flags = new byte[count];
            for (int i = 0; i < count; i++, at++) {
                flags[i] = (byte) (bits[(int) (at >> 6)] >>> (at & 63) & 1);
            }
            return flags;
        }
    }
}
