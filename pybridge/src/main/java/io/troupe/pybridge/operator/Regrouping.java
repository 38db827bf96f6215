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
    private static final int ENOUGH = 4096;

    private final Operator child;
    private final List<Attribute> output;

    Regrouping(Operator child, List<Attribute> output) {
        this.child = child;
        this.output = output;
    }

    /// The next batch without selection, or null at the end.
    Batch next() {
        Batch first = child.next();
        if (first == null || first.selected() >= ENOUGH) {
            return first == null ? null : Gather.compact(first);
        }
        List<Batch> pieces = new ArrayList<>();
        int rows = 0;
        for (Batch piece = first; piece != null; piece = rows < ENOUGH ? child.next() : null) {
            pieces.add(piece);
            rows += piece.selected();
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
