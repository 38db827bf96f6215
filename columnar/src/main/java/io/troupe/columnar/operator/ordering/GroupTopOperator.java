package io.troupe.columnar.operator.ordering;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.KeyIndex;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sort.LeadingKey;
import io.troupe.columnar.sort.RowComparator;
import io.troupe.columnar.sort.RowSorter;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.physical.PhysicalPlan.Rank;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Drops rows that cannot be among the first of their group. What is left holds all of those, and
/// maybe more: rows are buffered, and now and then sorted by group and order and cut; a group that
/// has all its rows then sets a bound for rows to come. Where cutting does not help (many small
/// groups) or memory is refused, what comes is passed on as it is.
public final class GroupTopOperator implements Operator {
    private static final int FIRST_CUT = 8 * Batch.TARGET_ROWS;

    /// A cut that leaves more than this share of four quarters was not worth it.
    private static final int WORTHLESS_QUARTERS = 3;

    /// @param keyTypes of the groups' keys, which are the buffer's first keys
    /// @param order of rows in a group, by the buffer's other keys
    public record Setup(List<DataType> keyTypes, List<SortKey> order, Rank rank, int count) {}

    private final Operator child;
    private final RowBuffer buffer;
    private final Setup setup;
    private final TaskContext context;
    private final Reservation reservation;
    private final KeyIndex groups;
    private final RowComparator comparator;

    /// By group the leading code of its last wanted row; the largest where it lacks rows.
    private long[] bounds = {};

    private int[] ids = {};
    private long[] codes = {};
    private Vector[] sorted;
    private int[] order;
    private int emitted;
    private boolean passing;
    private boolean ended;

    public GroupTopOperator(Operator child, RowBuffer buffer, Setup setup, TaskContext context) {
        this.child = child;
        this.buffer = buffer;
        this.setup = setup;
        this.context = context;
        this.reservation = new Reservation(context.memory());
        this.groups = new KeyIndex(setup.keyTypes());
        this.comparator = new RowComparator(setup.order());
    }

    @Override
    public Batch next() {
        while (true) {
            Batch kept = emit();
            if (kept != null || ended) {
                return kept;
            }
            if (passing) {
                Batch batch = child.next();
                ended = batch == null;
                return batch;
            }
            read();
        }
    }

    /// The next of the rows that were sorted and cut.
    private Batch emit() {
        int count = order == null ? 0 : Math.min(Batch.TARGET_ROWS, order.length - emitted);
        if (count <= 0) {
            sorted = null;
            order = null;
            reservation.resize(0);
            return null;
        }
        int[] rows = Arrays.copyOfRange(order, emitted, emitted + count);
        emitted += count;
        return new Batch(
                Gather.view(Arrays.copyOf(sorted, buffer.width()), rows, count, false), count);
    }

    /// Reads until the input ends or it turns out that cutting does not help; then the rows so far
    /// stand ready.
    private void read() {
        int limit = FIRST_CUT;
        for (Batch batch = child.next(); batch != null; batch = child.next()) {
            context.checkCancelled();
            add(batch);
            // Sorting needs a long and some ints a row beside the rows.
            boolean refused =
                    !reservation.resize(buffer.bytes() + 32L * buffer.rows() + groups.bytes());
            if (refused || buffer.rows() > limit) {
                int before = buffer.rows();
                cut();
                if (refused || 4L * order.length > (long) WORTHLESS_QUARTERS * before) {
                    passing = true;
                    return;
                }
                buffer.append(sorted, order, order.length);
                limit = Math.max(FIRST_CUT, 2 * order.length);
                order = null;
            }
        }
        ended = true;
        cut();
    }

    private void add(Batch batch) {
        Vector[] columns = buffer.withKeys(batch);
        int[] rows = Gather.rows(batch);
        int count = batch.selected();
        if (bounds.length == 0) {
            buffer.append(columns, rows, count);
            return;
        }
        assign(buffer.keys(columns), rows, count);
        int[] kept = new int[count];
        int keep = 0;
        if (LeadingKey.codes(orderKeys(columns)[0], setup.order().getFirst(), rows, count, codes)) {
            for (int i = 0; i < count; i++) {
                kept[keep] = rows[i];
                keep += ids[i] >= bounds.length || codes[i] <= bounds[ids[i]] ? 1 : 0;
            }
            buffer.append(columns, kept, keep);
        } else {
            buffer.append(columns, rows, count);
        }
    }

    private void assign(Vector[] keys, int[] rows, int count) {
        if (ids.length < count) {
            ids = new int[count];
            codes = new long[count];
        }
        groups.assign(Arrays.copyOf(keys, setup.keyTypes().size()), rows, count, ids);
    }

    private Vector[] orderKeys(Vector[] columns) {
        Vector[] keys = buffer.keys(columns);
        return Arrays.copyOfRange(keys, setup.keyTypes().size(), keys.length);
    }

    /// Sorts the buffered rows by group and order, and leaves the wanted ones of each group.
    private void cut() {
        int count = buffer.rows();
        sorted = buffer.take();
        emitted = 0;
        assign(buffer.keys(sorted), Gather.identity(count), count);
        Vector[] orderKeys = orderKeys(sorted);
        Vector[] keys = new Vector[orderKeys.length + 1];
        keys[0] = new IntVector(ids.clone(), count, null);
        System.arraycopy(orderKeys, 0, keys, 1, orderKeys.length);
        List<SortKey> sortKeys = new ArrayList<>();
        sortKeys.add(new SortKey(AtomicType.INTEGER, true, true));
        sortKeys.addAll(setup.order());
        int[] rows = new RowSorter(sortKeys).sort(keys, count);
        int known = bounds.length;
        bounds = Arrays.copyOf(bounds, groups.size());
        Arrays.fill(bounds, known, bounds.length, Long.MAX_VALUE);
        boolean bounded =
                LeadingKey.codes(
                        orderKeys[0],
                        setup.order().getFirst(),
                        Gather.identity(count),
                        count,
                        codes);
        order = Arrays.copyOf(rows, first(rows, count, orderKeys, bounded));
    }

    /// Moves the wanted rows to the front, in order; returns how many there are.
    private int first(int[] rows, int count, Vector[] orderKeys, boolean bounded) {
        int kept = 0;
        int group = -1;
        int inGroup = 0;
        int peers = 0;
        int rank = 0;
        int previous = -1;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (ids[row] != group) {
                group = ids[row];
                inGroup = 0;
                peers = 0;
            }
            boolean peer =
                    inGroup > 0
                            && setup.rank() != Rank.ROW_NUMBER
                            && comparator.compare(orderKeys, previous, orderKeys, row) == 0;
            inGroup++;
            peers += peer ? 0 : 1;
            rank =
                    switch (setup.rank()) {
                        case ROW_NUMBER -> inGroup;
                        case RANK -> peer ? rank : inGroup;
                        case DENSE_RANK -> peers;
                    };
            previous = row;
            if (rank <= setup.count()) {
                int reached = setup.rank() == Rank.DENSE_RANK ? peers : inGroup;
                if (bounded && reached >= setup.count()) {
                    bounds[group] = Math.min(bounds[group], codes[row]);
                }
                rows[kept++] = row;
            }
        }
        return kept;
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        sorted = null;
        order = null;
        ended = true;
    }
}
