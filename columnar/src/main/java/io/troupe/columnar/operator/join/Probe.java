package io.troupe.columnar.operator.join;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.hash.KeyIndex;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.join.JoinShape.Emission;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Probes a build table with batches, for one task. After `start(batch)`, `next` gives the batch's
/// output, in parts; after the last batch, `remaining` gives what the build side has left.
final class Probe {
    /// Below this share of matched rows, pairs are gathered rather than selected.
    private static final int SPARSE = 4;

    /// A join's shape, and its keys over the batches that are probed.
    record Input(JoinShape shape, VectorFunction[] keys, TaskContext context) {}

    private final JoinShape shape;
    private final boolean portion;
    private final BuildTable table;
    private final VectorFunction[] keys;
    private final JoinOutput output;
    private final Candidates candidates;
    private final KeyIndex.Finder finder;
    private final TaskContext context;
    private final byte[] buildMatched;
    private int[] found = {};
    private byte[] matched = {};
    private Batch batch;
    private int[] rows;
    private int nextRow;
    private int nextMember;
    private boolean tailDue;
    private int nextBuildRow;

    Probe(Input input, BuildTable table) {
        this(input, table, false);
    }

    /// Over one portion of the build rows: gives pairs, and only tells which rows of a batch have
    /// [#matched()]; what is due by that is made by [#byMatch] when all portions were probed.
    static Probe portion(Input input, BuildTable table) {
        return new Probe(input, table, true);
    }

    private Probe(Input input, BuildTable table, boolean portion) {
        this.shape = input.shape();
        this.context = input.context();
        this.portion = portion;
        this.table = table;
        this.keys = input.keys();
        this.output = new JoinOutput(shape.output());
        this.candidates = new Candidates(shape);
        this.finder = table.index().finder();
        this.buildMatched = shape.marksBuild() ? new byte[table.rows()] : null;
    }

    /// Nothing of the probe side can appear in the result.
    boolean hopeless() {
        return table.rows() == 0 && shape.needsBuildRows()
                || shape.emission() == Emission.PROBE_UNMATCHED_NULL_AWARE && table.hasNullKey();
    }

    void start(Batch batch) {
        this.batch = batch;
        rows = Gather.rows(batch);
        int count = batch.selected();
        if (found.length < count) {
            found = new int[Math.max(count, Batch.TARGET_ROWS)];
            matched = new byte[found.length];
        }
        Vector[] columns = new Vector[keys.length];
        for (int k = 0; k < keys.length; k++) {
            columns[k] = keys[k].evaluate(batch, batch.selection(), count);
        }
        finder.find(columns, rows, count, found);
        if (shape.emission() == Emission.PROBE_UNMATCHED_NULL_AWARE && table.rows() > 0) {
            dropNullKeys(columns[0], count);
        }
        Arrays.fill(matched, 0, count, (byte) 0);
        nextRow = 0;
        nextMember = -1;
        tailDue = true;
    }

    /// A null compared with any row is unknown: such rows count as matched.
    private void dropNullKeys(Vector key, int count) {
        if (key.validity() != null) {
            for (int i = 0; i < count; i++) {
                found[i] = key.isNull(rows[i]) ? 0 : found[i];
            }
        }
    }

    /// The next part of the batch's output, null when there is no more.
    Batch next() {
        if (batch == null) {
            return null;
        }
        if (candidates.always() && nextRow == 0) {
            Batch whole = wholeBatch();
            if (whole != null || batch == null) {
                return whole;
            }
        }
        while (nextRow < batch.selected()) {
            // One batch may meet millions of rows of which none pass: nobody above is asked then.
            context.checkCancelled();
            Batch pairs = pairs();
            if (pairs != null) {
                return pairs;
            }
        }
        if (tailDue && !portion) {
            tailDue = false;
            return tail();
        }
        return null;
    }

    /// By row of the batch, in order: 1 when it matched; complete once `next` has returned null.
    byte[] matched() {
        return matched;
    }

    /// Whether probe rows come out by whether they matched.
    boolean givesByMatch() {
        return switch (shape.emission()) {
            case PAIRS -> shape.probeUnmatched();
            case PROBE_MATCHED, PROBE_UNMATCHED, PROBE_UNMATCHED_NULL_AWARE, PROBE_MARKED -> true;
            case BUILD_MATCHED, BUILD_UNMATCHED, BUILD_MARKED -> false;
        };
    }

    /// What comes out of a batch by which of its rows have matched, null when nothing does.
    Batch byMatch(Batch probed, byte[] flags) {
        batch = probed;
        rows = Gather.rows(probed);
        matched = flags;
        Batch due = tail();
        batch = null;
        return due;
    }

    /// Cases in which a batch's output is made in one go; leaves `batch` null when it has made it.
    private Batch wholeBatch() {
        int count = batch.selected();
        boolean simple =
                switch (shape.emission()) {
                    case PAIRS -> table.unique() && !portion;
                    case PROBE_MATCHED, PROBE_UNMATCHED, PROBE_UNMATCHED_NULL_AWARE, PROBE_MARKED ->
                            true;
                    case BUILD_MATCHED, BUILD_UNMATCHED, BUILD_MARKED -> false;
                };
        if (!simple) {
            return null;
        }
        Batch made;
        if (shape.emission() != Emission.PAIRS) {
            for (int i = 0; i < count; i++) {
                matched[i] = (byte) (~found[i] >>> 31);
            }
            made = portion ? null : tail();
        } else {
            table.rowsOf(found, count);
            if (buildMatched != null) {
                for (int i = 0; i < count; i++) {
                    if (found[i] >= 0) {
                        buildMatched[found[i]] = 1;
                    }
                }
            }
            made =
                    shape.probeUnmatched()
                            ? output.aligned(batch, table.columns(), found.clone(), true)
                            : unique(count);
        }
        batch = null;
        return made;
    }

    private Batch unique(int count) {
        int[] selection = new int[count];
        int[] buildRows = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            selection[kept] = rows[i];
            buildRows[kept] = found[i];
            kept += ~found[i] >>> 31;
        }
        if (kept == 0) {
            return null;
        }
        if (kept < batch.rowCount() / SPARSE) {
            return output.pairs(
                    batch.columns(),
                    Arrays.copyOf(selection, kept),
                    table.columns(),
                    buildRows,
                    kept,
                    false);
        }
        Batch selected =
                kept == batch.rowCount()
                        ? new Batch(batch.columns(), kept)
                        : new Batch(batch.columns(), batch.rowCount(), selection, kept);
        return output.aligned(selected, table.columns(), buildRows, false);
    }

    /// Up to a batch of pairs, from where the last call ended.
    private Batch pairs() {
        int[] probeRows = new int[Batch.TARGET_ROWS];
        int[] buildRows = new int[Batch.TARGET_ROWS];
        int[] positions = new int[Batch.TARGET_ROWS];
        int size = 0;
        int count = batch.selected();
        while (nextRow < count && size < Batch.TARGET_ROWS) {
            int key = found[nextRow];
            if (key < 0) {
                nextRow++;
                continue;
            }
            int from = nextMember >= 0 ? nextMember : table.from(key);
            int to = Math.min(table.to(key), from + Batch.TARGET_ROWS - size);
            for (int m = from; m < to; m++) {
                probeRows[size] = nextRow;
                buildRows[size++] = table.member(m);
            }
            boolean done = to == table.to(key);
            nextMember = done ? -1 : to;
            nextRow += done ? 1 : 0;
        }
        return size == 0 ? null : check(probeRows, buildRows, positions, size);
    }

    private Batch check(int[] probeRows, int[] buildRows, int[] positions, int size) {
        int kept = size;
        if (candidates.always()) {
            System.arraycopy(probeRows, 0, positions, 0, size);
            resolve(probeRows, size);
        } else {
            System.arraycopy(probeRows, 0, positions, 0, size);
            resolve(probeRows, size);
            kept = keepWithPositions(probeRows, buildRows, positions, size);
        }
        for (int i = 0; i < kept; i++) {
            matched[positions[i]] = 1;
        }
        if (buildMatched != null) {
            for (int i = 0; i < kept; i++) {
                buildMatched[buildRows[i]] = 1;
            }
        }
        if (shape.emission() != Emission.PAIRS || kept == 0) {
            return null;
        }
        return output.pairs(batch.columns(), probeRows, table.columns(), buildRows, kept, false);
    }

    private void resolve(int[] positions, int size) {
        for (int i = 0; i < size; i++) {
            positions[i] = rows[positions[i]];
        }
    }

    /// Row numbers are ascending, so positions of kept pairs are found again by walking along.
    private int keepWithPositions(int[] probeRows, int[] buildRows, int[] positions, int size) {
        int kept = candidates.keep(batch.columns(), probeRows, table.columns(), buildRows, size);
        int at = 0;
        for (int i = 0; i < kept; i++) {
            while (rows[positions[at]] != probeRows[i]) {
                at++;
            }
            positions[i] = positions[at];
        }
        return kept;
    }

    /// Rows of the batch that come out by whether they matched.
    private Batch tail() {
        int count = batch.selected();
        int wanted;
        switch (shape.emission()) {
            case PROBE_MARKED -> {
                return output.marked(batch, Arrays.copyOf(matched, count));
            }
            case PROBE_MATCHED -> wanted = 1;
            case PROBE_UNMATCHED, PROBE_UNMATCHED_NULL_AWARE -> wanted = 0;
            case PAIRS -> {
                if (!shape.probeUnmatched()) {
                    return null;
                }
                wanted = 0;
            }
            default -> {
                return null;
            }
        }
        int[] selection = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            selection[kept] = rows[i];
            kept += matched[i] == wanted ? 1 : 0;
        }
        return kept == 0 ? null : output.probeOnly(batch, selection, kept);
    }

    /// After all probing: the next batch of build rows that are due, null at the end.
    Batch remaining() {
        if (buildMatched == null) {
            return null;
        }
        int[] chosen = new int[Batch.TARGET_ROWS];
        int count = 0;
        boolean marks = shape.emission() == Emission.BUILD_MARKED;
        int wanted = shape.emission() == Emission.BUILD_MATCHED ? 1 : 0;
        while (nextBuildRow < table.rows() && count < chosen.length) {
            if (marks || buildMatched[nextBuildRow] == wanted) {
                chosen[count++] = nextBuildRow;
            }
            nextBuildRow++;
        }
        return count == 0
                ? null
                : output.buildOnly(table.columns(), chosen, count, marks ? buildMatched : null);
    }
}
