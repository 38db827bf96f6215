package io.troupe.columnar.compile;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// The elements of the selected, present arrays (or map entries) of a column, one after the other.
final class Elements {
    /// Where each row's elements start among all of them; rows that do not count have none.
    final int[] offsets;

    /// The number of each element in its source vector, and the outer row it belongs to.
    final int[] source;

    final int[] rows;
    final long[] validity;
    final int count;

    private Elements(int[] from, long[] present, int[] selection, int selected, int length) {
        offsets = new int[length + 1];
        validity = new long[Bitmap.words(length)];
        int total = 0;
        for (int i = 0; i < selected; i++) {
            int row = selection == null ? i : selection[i];
            if (Columns.present(present, row)) {
                total += from[row + 1] - from[row];
            }
        }
        source = new int[total];
        rows = new int[total];
        count = fill(from, present, selection, selected, length);
    }

    private int fill(int[] from, long[] present, int[] selection, int selected, int length) {
        int at = 0;
        int next = 0;
        for (int i = 0; i < selected; i++) {
            int row = selection == null ? i : selection[i];
            Arrays.fill(offsets, next, row + 1, at);
            next = row + 1;
            if (Columns.present(present, row)) {
                Bitmap.set(validity, row);
                for (int e = from[row]; e < from[row + 1]; e++) {
                    source[at] = e;
                    rows[at++] = row;
                }
            }
        }
        Arrays.fill(offsets, next, length + 1, at);
        return at;
    }

    /// The elements of an array or map column; null when no row has any array.
    static Elements of(Vector column, int[] selection, int selected) {
        return switch (column) {
            case ListVector list ->
                    new Elements(
                            list.offsets(), list.validity(), selection, selected, list.length());
            case MapVector map ->
                    new Elements(map.offsets(), map.validity(), selection, selected, map.length());
            default -> throw new IllegalArgumentException(column.getClass().getSimpleName());
        };
    }

    /// The elements as a column of their own.
    Vector column(Vector values) {
        if (values instanceof NullVector || count == 0) {
            return new NullVector(count);
        }
        return Gather.view(new Vector[] {values}, source, count, false)[0];
    }

    /// The place of each element in its array, from 0.
    Vector places() {
        int[] places = new int[count];
        for (int e = 0; e < count; e++) {
            places[e] = e - offsets[rows[e]];
        }
        return new IntVector(places, count, null);
    }

    /// Offsets over the chosen elements only, given by ascending numbers.
    int[] offsets(int[] chosen, int chosenCount) {
        int[] kept = new int[offsets.length];
        int at = 0;
        for (int row = 0; row + 1 < offsets.length; row++) {
            kept[row] = at;
            while (at < chosenCount && chosen[at] < offsets[row + 1]) {
                at++;
            }
        }
        kept[offsets.length - 1] = at;
        return kept;
    }
}
