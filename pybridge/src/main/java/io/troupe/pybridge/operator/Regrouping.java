package io.troupe.pybridge.operator;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import java.util.ArrayList;
import java.util.List;

/// Joins a child's small batches into ones worth sending: a frame costs Python some hundred
/// microseconds, however few rows it has.
final class Regrouping {
    private static final int ENOUGH = 8192;

    /// Bytes that are worth a frame however few rows they are.
    private static final long ENOUGH_BYTES = 4 << 20;

    private final Operator child;
    private final List<Attribute> output;

    Regrouping(Operator child, List<Attribute> output) {
        this.child = child;
        this.output = output;
    }

    /// The next batch without selection, or null at the end.
    Batch next() {
        Batch first = child.next();
        if (first == null || first.selected() >= ENOUGH || first.bytes() >= ENOUGH_BYTES) {
            return first == null ? null : Gather.compact(first);
        }
        List<Batch> pieces = new ArrayList<>();
        int rows = 0;
        long bytes = 0;
        for (Batch piece = first; piece != null; ) {
            pieces.add(piece);
            rows += piece.selected();
            bytes += piece.bytes();
            piece = rows < ENOUGH && bytes < ENOUGH_BYTES ? child.next() : null;
        }
        return pieces.size() == 1 ? Gather.compact(first) : joined(pieces, output, rows);
    }

    static Batch joined(List<Batch> pieces, List<Attribute> output, int rows) {
        Vector[] columns = new Vector[output.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(output.get(c).type());
            for (Batch piece : pieces) {
                builder.append(piece.column(c), Gather.rows(piece), 0, piece.selected());
            }
            columns[c] = builder.build();
        }
        return new Batch(columns, rows);
    }
}
