package io.troupe.columnar.compile;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// `zip_with` over two arrays, padded with null to the longer, and `map_zip_with` over the keys of
/// two maps.
final class ZipFunction implements VectorFunction {
    private final VectorFunction left;
    private final VectorFunction right;
    private final LambdaBody body;

    ZipFunction(VectorFunction left, VectorFunction right, LambdaBody body) {
        this.left = left;
        this.right = right;
        this.body = body;
    }

    /// The pairs of one batch: numbers of the left and right elements, -1 for none, and the outer
    /// row.
    private static final class Pairs {
        private int[] a = new int[64];
        private int[] b = new int[64];
        private int[] rows = new int[64];
        private int count;

        void add(int x, int y, int row) {
            if (count == a.length) {
                a = Arrays.copyOf(a, count * 2);
                b = Arrays.copyOf(b, count * 2);
                rows = Arrays.copyOf(rows, count * 2);
            }
            a[count] = x;
            b[count] = y;
            rows[count++] = row;
        }
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        if (count == 0) {
            return new NullVector(length);
        }
        Vector x = Columns.flat(left.evaluate(batch, selection, count));
        Vector y = Columns.flat(right.evaluate(batch, selection, count));
        if (x instanceof NullVector || y instanceof NullVector) {
            return new NullVector(length);
        }
        long[] present = Columns.and(x.validity(), y.validity(), length);
        Pairs pairs = new Pairs();
        int[] offsets = new int[length + 1];
        long[] validity = new long[Bitmap.words(length)];
        int next = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            Arrays.fill(offsets, next, row + 1, pairs.count);
            next = row + 1;
            if (Columns.present(present, row)) {
                Bitmap.set(validity, row);
                if (x instanceof MapVector map) {
                    pairKeys(map, (MapVector) y, row, pairs);
                } else {
                    pairPlaces((ListVector) x, (ListVector) y, row, pairs);
                }
            }
        }
        Arrays.fill(offsets, next, length + 1, pairs.count);
        return x instanceof MapVector map
                ? maps(batch, map, (MapVector) y, pairs, offsets, validity)
                : lists(batch, (ListVector) x, (ListVector) y, pairs, offsets, validity);
    }

    private static void pairPlaces(ListVector x, ListVector y, int row, Pairs pairs) {
        int a = x.offsets()[row];
        int b = y.offsets()[row];
        while (a < x.offsets()[row + 1] || b < y.offsets()[row + 1]) {
            pairs.add(
                    a < x.offsets()[row + 1] ? a++ : -1, b < y.offsets()[row + 1] ? b++ : -1, row);
        }
    }

    private static void pairKeys(MapVector x, MapVector y, int row, Pairs pairs) {
        for (int a = x.offsets()[row]; a < x.offsets()[row + 1]; a++) {
            pairs.add(a, find(y, row, x.keys(), a), row);
        }
        for (int b = y.offsets()[row]; b < y.offsets()[row + 1]; b++) {
            if (find(x, row, y.keys(), b) < 0) {
                pairs.add(-1, b, row);
            }
        }
    }

    private static int find(MapVector map, int row, Vector keys, int key) {
        for (int e = map.offsets()[row]; e < map.offsets()[row + 1]; e++) {
            if (ValueOrder.compare(map.keys(), e, keys, key) == 0) {
                return e;
            }
        }
        return -1;
    }

    private static Vector column(Vector values, int[] numbers, int count) {
        return values instanceof NullVector || values.length() == 0
                ? new NullVector(count)
                : Gather.view(new Vector[] {values}, numbers, count, true)[0];
    }

    private Vector lists(
            Batch batch, ListVector x, ListVector y, Pairs pairs, int[] offsets, long[] validity) {
        Vector a = column(x.elements(), pairs.a, pairs.count);
        Vector b = column(y.elements(), pairs.b, pairs.count);
        Vector results = body.evaluate(batch, pairs.rows, pairs.count, a, b);
        return new ListVector(offsets, results, batch.rowCount(), validity);
    }

    private Vector maps(
            Batch batch, MapVector x, MapVector y, Pairs pairs, int[] offsets, long[] validity) {
        Vector a = column(x.values(), pairs.a, pairs.count);
        Vector b = column(y.values(), pairs.b, pairs.count);
        io.troupe.columnar.column.ColumnBuilder keys =
                io.troupe.columnar.column.ColumnBuilder.like(x.keys());
        for (int i = 0; i < pairs.count; i++) {
            boolean first = pairs.a[i] >= 0;
            keys.appendRange(first ? x.keys() : y.keys(), first ? pairs.a[i] : pairs.b[i], 1);
        }
        Vector named = keys.build();
        Vector results = body.evaluate(batch, pairs.rows, pairs.count, named, a, b);
        return new MapVector(offsets, named, results, batch.rowCount(), validity);
    }
}
