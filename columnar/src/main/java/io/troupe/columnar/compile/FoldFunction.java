package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Blend;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;

/// `aggregate(array, zero, merge, finish)`: step k merges the k-th elements of all arrays that have
/// one.
final class FoldFunction implements VectorFunction {
    private final VectorFunction array;
    private final VectorFunction zero;
    private final LambdaBody merge;
    private final LambdaBody finish;
    private final DataType accumulator;

    FoldFunction(
            VectorFunction array,
            VectorFunction zero,
            LambdaBody merge,
            LambdaBody finish,
            DataType accumulator) {
        this.array = array;
        this.zero = zero;
        this.merge = merge;
        this.finish = finish;
        this.accumulator = accumulator;
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        Vector flat =
                count == 0
                        ? new NullVector(length)
                        : Columns.flat(array.evaluate(batch, selection, count));
        if (!(flat instanceof ListVector lists)) {
            return new NullVector(length);
        }
        Elements elements = Elements.of(lists, selection, count);
        int[] rows = new int[count];
        int present = 0;
        for (int i = 0; i < count; i++) {
            rows[present] = selection == null ? i : selection[i];
            present += Columns.present(elements.validity, rows[present]) ? 1 : 0;
        }
        if (present == 0) {
            return new NullVector(length);
        }
        Vector state = zero.evaluate(batch, rows, present);
        int[] active = rows;
        int size = present;
        for (int k = 0; ; k++) {
            int[] next = new int[size];
            int[] entries = new int[size];
            int more = 0;
            for (int i = 0; i < size; i++) {
                int row = active[i];
                if (elements.offsets[row] + k < elements.offsets[row + 1]) {
                    entries[more] = elements.source[elements.offsets[row] + k];
                    next[more++] = row;
                }
            }
            if (more == 0) {
                break;
            }
            Vector[] items = Gather.view(new Vector[] {lists.elements()}, entries, more, false);
            int[] rest = Selections.without(rows, present, next, more);
            state = step(batch, items[0], state, rest, next, more);
            active = next;
            size = more;
        }
        return finished(batch, state, rows, present, length, elements.validity);
    }

    /// The states after one more element of the `active` rows; the `rest` keep theirs.
    private Vector step(
            Batch batch, Vector items, Vector state, int[] rest, int[] active, int size) {
        Vector[] states = Gather.view(new Vector[] {state}, active, size, false);
        Vector merged = merge.evaluate(batch, active, size, states[0], items);
        Blend blend = new Blend(accumulator, state.length());
        blend.put(state, rest, rest.length);
        blend.put(spread(merged, active, size, state.length()), active, size);
        return blend.build();
    }

    /// A column whose row `rows[i]` is row i of the given one.
    private static Vector spread(Vector vector, int[] rows, int count, int length) {
        int[] back = new int[length];
        for (int i = 0; i < count; i++) {
            back[rows[i]] = i;
        }
        return Gather.view(new Vector[] {vector}, back, length, false)[0];
    }

    private Vector finished(
            Batch batch, Vector state, int[] rows, int present, int length, long[] validity) {
        Vector result = state;
        if (finish != null) {
            Vector[] states = Gather.view(new Vector[] {state}, rows, present, false);
            result =
                    spread(finish.evaluate(batch, rows, present, states[0]), rows, present, length);
        }
        int[] kept = new int[length];
        for (int row = 0; row < length; row++) {
            kept[row] = Columns.present(validity, row) ? row : -1;
        }
        return Gather.view(new Vector[] {result}, kept, length, true)[0];
    }
}
