package io.troupe.columnar.operator.join;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.join.JoinShape.Side;
import io.troupe.columnar.operator.join.JoinShape.Source;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Puts output batches together from rows of both sides, without copying values.
final class JoinOutput {
    private final List<Source> sources;
    private final int[] probeColumns;
    private final int[] buildColumns;

    JoinOutput(List<Source> sources) {
        this.sources = sources;
        this.probeColumns = columns(Side.PROBE);
        this.buildColumns = columns(Side.BUILD);
    }

    private int[] columns(Side side) {
        return sources.stream()
                .filter(source -> source.side() == side)
                .mapToInt(Source::column)
                .toArray();
    }

    private static Vector[] pick(Vector[] columns, int[] wanted) {
        Vector[] picked = new Vector[wanted.length];
        for (int c = 0; c < picked.length; c++) {
            picked[c] = columns[wanted[c]];
        }
        return picked;
    }

    private Vector[] arrange(Vector[] probe, Vector[] build, Vector mark) {
        Vector[] columns = new Vector[sources.size()];
        int nextProbe = 0;
        int nextBuild = 0;
        for (int c = 0; c < columns.length; c++) {
            columns[c] =
                    switch (sources.get(c).side()) {
                        case PROBE -> probe[nextProbe++];
                        case BUILD -> build[nextBuild++];
                        case MARK -> mark;
                    };
        }
        return columns;
    }

    /// Pairs of rows; a negative row gives nulls where the side's flag says that there may be one.
    Batch pairs(
            Vector[] probe,
            int[] probeRows,
            Vector[] build,
            int[] buildRows,
            int count,
            boolean buildNulls) {
        Vector[] left = Gather.view(pick(probe, probeColumns), probeRows, count, false);
        Vector[] right = Gather.view(pick(build, buildColumns), buildRows, count, buildNulls);
        return new Batch(arrange(left, right, null), count);
    }

    /// The probe batch itself, with build columns aligned to it: `buildRows[i]` for the i-th
    /// existing row.
    Batch aligned(Batch probe, Vector[] build, int[] buildRows, boolean buildNulls) {
        int[] aligned = buildRows;
        if (probe.selection() != null) {
            aligned = new int[probe.rowCount()];
            for (int i = 0; i < probe.selected(); i++) {
                aligned[probe.selection()[i]] = buildRows[i];
            }
        }
        Vector[] right =
                Gather.view(pick(build, buildColumns), aligned, probe.rowCount(), buildNulls);
        return probe.withColumns(arrange(pick(probe.columns(), probeColumns), right, null));
    }

    /// Existing rows of a probe batch alone; build columns null.
    Batch probeOnly(Batch probe, int[] selection, int count) {
        Vector[] nulls = new Vector[buildColumns.length];
        java.util.Arrays.fill(nulls, new NullVector(probe.rowCount()));
        Vector[] columns = arrange(pick(probe.columns(), probeColumns), nulls, null);
        return count == probe.rowCount()
                ? new Batch(columns, count)
                : new Batch(columns, probe.rowCount(), selection, count);
    }

    /// All existing rows of a probe batch with their marks, given by existing row.
    Batch marked(Batch probe, byte[] marks) {
        byte[] aligned = marks;
        if (probe.selection() != null || marks.length < probe.rowCount()) {
            aligned = new byte[probe.rowCount()];
            for (int i = 0; i < probe.selected(); i++) {
                aligned[probe.row(i)] = marks[i];
            }
        }
        Vector mark = new BooleanVector(aligned, probe.rowCount(), null);
        return probe.withColumns(arrange(pick(probe.columns(), probeColumns), new Vector[0], mark));
    }

    /// Build rows alone; probe columns null.
    Batch buildOnly(Vector[] build, int[] rows, int count, byte[] marks) {
        Vector[] right = Gather.view(pick(build, buildColumns), rows, count, false);
        Vector[] nulls = new Vector[probeColumns.length];
        java.util.Arrays.fill(nulls, new NullVector(count));
        Vector mark = null;
        if (marks != null) {
            byte[] picked = new byte[count];
            for (int i = 0; i < count; i++) {
                picked[i] = marks[rows[i]];
            }
            mark = new BooleanVector(picked, count, null);
        }
        return new Batch(arrange(nulls, right, mark), count);
    }
}
