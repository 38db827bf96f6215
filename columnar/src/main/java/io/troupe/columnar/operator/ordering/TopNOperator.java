package io.troupe.columnar.operator.ordering;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sort.LeadingKey;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.sort.RowSorter;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// The first `offset + count` rows in order, less the first `offset`. Candidates are buffered; when
/// there are several times as many as wanted they are sorted and cut, and from then on rows beyond
/// the last one are not taken any more. For numbers of rows that fit into memory: larger ones are
/// sorted and limited.
public final class TopNOperator implements Operator {
    private final Operator child;
    private final RowBuffer buffer;
    private final List<SortKey> keys;
    private final RowComparator comparator;
    private final TaskContext context;
    private final int wanted;
    private final int offset;
    private Vector[] threshold;
    private int thresholdRow;
    private boolean thresholdCoded;
    private long thresholdCode;
    private long[] codes = {};
    private Vector[] sorted;
    private int[] order;
    private int emitted;

    public TopNOperator(
            Operator child,
            RowBuffer buffer,
            List<SortKey> keys,
            int count,
            int offset,
            TaskContext context) {
        this.child = child;
        this.buffer = buffer;
        this.keys = keys;
        this.comparator = new RowComparator(keys);
        this.wanted = count + offset;
        this.offset = offset;
        this.context = context;
    }

    @Override
    public Batch next() {
        if (order == null) {
            read();
        }
        int count = Math.min(Batch.TARGET_ROWS, order.length - emitted);
        if (count <= 0) {
            return null;
        }
        int[] rows = Arrays.copyOfRange(order, emitted, emitted + count);
        emitted += count;
        return new Batch(
                Gather.view(Arrays.copyOf(sorted, buffer.width()), rows, count, false), count);
    }

    private void read() {
        int limit = Math.max(4 * wanted, 2 * Batch.TARGET_ROWS);
        for (Batch batch = child.next(); batch != null && wanted > 0; batch = child.next()) {
            context.checkCancelled();
            add(batch);
            if (buffer.rows() > limit) {
                cut();
                buffer.append(sorted, order, order.length);
            }
        }
        cut();
        emitted = Math.min(offset, order.length);
    }

    private void add(Batch batch) {
        Vector[] columns = buffer.withKeys(batch);
        int[] rows = Gather.rows(batch);
        int count = batch.selected();
        if (threshold != null) {
            int[] kept = new int[count];
            count = keep(buffer.keys(columns), rows, count, kept);
            rows = kept;
        }
        buffer.append(columns, rows, count);
    }

    /// The rows before the threshold; rows are compared where the codes of the first key do not
    /// tell.
    private int keep(Vector[] batchKeys, int[] rows, int count, int[] kept) {
        if (codes.length < count) {
            codes = new long[count];
        }
        boolean coded =
                thresholdCoded
                        && LeadingKey.codes(batchKeys[0], keys.getFirst(), rows, count, codes);
        int keep = 0;
        for (int i = 0; i < count; i++) {
            if (coded && codes[i] > thresholdCode) {
                continue;
            }
            if (coded && codes[i] < thresholdCode
                    || comparator.compare(batchKeys, rows[i], threshold, thresholdRow) < 0) {
                kept[keep++] = rows[i];
            }
        }
        return keep;
    }

    private void cut() {
        int count = buffer.rows();
        sorted = buffer.take();
        order = new RowSorter(keys).sort(buffer.keys(sorted), count);
        if (order.length > wanted) {
            order = Arrays.copyOf(order, wanted);
        }
        if (order.length == wanted && wanted > 0) {
            threshold = buffer.keys(sorted);
            thresholdRow = order[wanted - 1];
            long[] code = new long[1];
            thresholdCoded =
                    LeadingKey.codes(
                            threshold[0], keys.getFirst(), new int[] {thresholdRow}, 1, code);
            thresholdCode = code[0];
        }
    }

    @Override
    public void close() {
        child.close();
        order = new int[0];
        sorted = null;
        threshold = null;
    }
}
