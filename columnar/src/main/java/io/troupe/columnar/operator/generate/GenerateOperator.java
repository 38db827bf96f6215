package io.troupe.columnar.operator.generate;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;

/// Repeats the kept columns of each input row beside the rows that a generator makes of it. With
/// `outer`, a row of which nothing is made comes out once, with nulls.
public final class GenerateOperator implements Operator {
    /// What a generator makes of one batch.
    interface Expansion {
        /// Rows made of the i-th existing row.
        int size(int i);

        /// The generated columns of `count` rows: the `elements[k]`-th row made of the existing row
        /// `of[k]`; -1: nulls.
        Vector[] columns(int[] of, int[] elements, int count);
    }

    /// Evaluates a generator over a batch.
    @FunctionalInterface
    interface Generator {
        Expansion expand(Batch batch);
    }

    private final Operator child;
    private final Generator generator;
    private final int[] kept;
    private final boolean outer;
    private final TaskContext context;
    private Batch input;
    private Expansion expansion;
    private int nextRow;
    private int nextElement;

    /// @param kept positions of the columns that stay
    public GenerateOperator(
            Operator child, Expansions generator, int[] kept, boolean outer, TaskContext context) {
        this.child = child;
        this.generator = generator;
        this.kept = kept;
        this.outer = outer;
        this.context = context;
    }

    @Override
    public Batch next() {
        while (true) {
            if (input == null) {
                input = child.next();
                if (input == null) {
                    return null;
                }
                context.checkCancelled();
                expansion = generator.expand(input);
                nextRow = 0;
                nextElement = 0;
            }
            Batch made = part();
            if (made != null) {
                return made;
            }
            input = null;
        }
    }

    /// Up to a batch of rows from where the last call ended.
    private Batch part() {
        int[] of = new int[Batch.TARGET_ROWS];
        int[] elements = new int[Batch.TARGET_ROWS];
        int count = 0;
        while (nextRow < input.selected() && count < of.length) {
            int size = expansion.size(nextRow);
            if (size == 0 && outer) {
                of[count] = nextRow;
                elements[count++] = -1;
            }
            int end = Math.min(size, nextElement + of.length - count);
            for (int e = nextElement; e < end; e++) {
                of[count] = nextRow;
                elements[count++] = e;
            }
            nextElement = end;
            if (end >= size) {
                nextRow++;
                nextElement = 0;
            }
        }
        return count == 0 ? null : assemble(of, elements, count);
    }

    private Batch assemble(int[] of, int[] elements, int count) {
        Vector[] generated = expansion.columns(of, elements, count);
        int[] rows = Gather.rows(input);
        int[] parents = new int[count];
        for (int k = 0; k < count; k++) {
            parents[k] = rows[of[k]];
        }
        Vector[] stay = new Vector[kept.length];
        for (int c = 0; c < stay.length; c++) {
            stay[c] = input.column(kept[c]);
        }
        stay = Gather.view(stay, parents, count, false);
        Vector[] columns = java.util.Arrays.copyOf(stay, stay.length + generated.length);
        System.arraycopy(generated, 0, columns, stay.length, generated.length);
        return new Batch(columns, count);
    }

    @Override
    public void close() {
        child.close();
        input = null;
    }
}
