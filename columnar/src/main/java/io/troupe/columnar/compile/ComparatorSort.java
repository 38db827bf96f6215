package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// `array_sort` by a user's comparator. An element that is compared for the first time is compared
/// with all of its array at once.
final class ComparatorSort {
    private final LambdaBody comparator;

    ComparatorSort(LambdaBody comparator) {
        this.comparator = comparator;
    }

    Vector sort(Batch batch, Vector collection, int[] selection, int count) {
        ListVector list = (ListVector) collection;
        Elements elements = Elements.of(list, selection, count);
        int[] order = new int[elements.count];
        for (int row = 0; row < list.length(); row++) {
            int first = elements.offsets[row];
            int size = elements.offsets[row + 1] - first;
            if (size > 0) {
                sortRow(batch, list.elements(), elements, row, first, size, order);
            }
        }
        Vector sorted =
                list.elements() instanceof NullVector
                        ? new NullVector(elements.count)
                        : Gather.copy(list.elements(), order, 0, elements.count);
        return new ListVector(elements.offsets, sorted, list.length(), elements.validity);
    }

    private void sortRow(
            Batch batch,
            Vector values,
            Elements elements,
            int row,
            int first,
            int size,
            int[] order) {
        int[] source = Arrays.copyOfRange(elements.source, first, first + size);
        int[] rows = new int[size];
        Arrays.fill(rows, row);
        int[][] compared = new int[size][];
        Integer[] numbers = new Integer[size];
        Arrays.setAll(numbers, i -> i);
        Arrays.sort(
                numbers,
                (a, b) -> {
                    if (compared[a] == null) {
                        compared[a] = compareWithAll(batch, values, source, a, rows);
                    }
                    return compared[a][b];
                });
        for (int i = 0; i < size; i++) {
            order[first + i] = source[numbers[i]];
        }
    }

    private int[] compareWithAll(
            Batch batch, Vector values, int[] source, int element, int[] rows) {
        int size = source.length;
        int[] same = new int[size];
        Arrays.fill(same, source[element]);
        Vector[] left = Gather.view(new Vector[] {values}, same, size, false);
        Vector[] right = Gather.view(new Vector[] {values}, source, size, false);
        Vector result = Columns.flat(comparator.evaluate(batch, rows, size, left[0], right[0]));
        if (!(result instanceof IntVector order) || order.validity() != null && hasNull(order)) {
            throw Failures.runtime(
                    "COMPARATOR_RETURNS_NULL",
                    "firstValue",
                    "an element",
                    "secondValue",
                    "another");
        }
        return order.values();
    }

    private static boolean hasNull(Vector vector) {
        for (int i = 0; i < vector.length(); i++) {
            if (vector.isNull(i)) {
                return true;
            }
        }
        return false;
    }
}
