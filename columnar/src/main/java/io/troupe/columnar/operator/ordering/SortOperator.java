package io.troupe.columnar.operator.ordering;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sort.RowSorter;
import io.troupe.columnar.sort.SortKey;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sorts the rows of a task; stable. What does not fit into memory is written as sorted runs, which
/// are merged while reading.
public final class SortOperator implements Operator {
    private final Operator child;
    private final RowBuffer buffer;
    private final List<SortKey> keys;
    private final TaskContext context;
    private final Reservation reservation;
    private final String spillCounter;
    private final List<SpillFile> runs = new ArrayList<>();
    private Vector[] sorted;
    private int[] order;
    private int emitted;
    private RunMerger merger;
    private boolean read;

    public SortOperator(
            Operator child, RowBuffer buffer, List<SortKey> keys, TaskContext context, int number) {
        this.child = child;
        this.buffer = buffer;
        this.keys = keys;
        this.context = context;
        this.reservation = new Reservation(context.memory());
        this.spillCounter = "op." + number + ".spill.bytes";
    }

    @Override
    public Batch next() {
        if (!read) {
            read();
        }
        context.checkCancelled();
        return merger != null ? merger.next() : nextInMemory();
    }

    private Batch nextInMemory() {
        int count = order == null ? 0 : Math.min(Batch.TARGET_ROWS, order.length - emitted);
        if (count == 0) {
            return null;
        }
        int[] rows = Arrays.copyOfRange(order, emitted, emitted + count);
        emitted += count;
        return new Batch(
                Gather.view(Arrays.copyOf(sorted, buffer.width()), rows, count, false), count);
    }

    private void read() {
        read = true;
        for (Batch batch = child.next(); batch != null; batch = child.next()) {
            context.checkCancelled();
            buffer.add(batch);
            // Sorting needs a long and two ints per row beside the rows.
            if (!reservation.resize(buffer.bytes() + 24L * buffer.rows())) {
                spill();
            }
        }
        if (runs.isEmpty()) {
            sort();
            return;
        }
        if (buffer.rows() > 0) {
            spill();
        }
        merger = new RunMerger(runs, keys, buffer.types(), buffer.width());
    }

    private void sort() {
        int count = buffer.rows();
        sorted = buffer.take();
        order = new RowSorter(keys).sort(buffer.keys(sorted), count);
    }

    private void spill() {
        sort();
        SpillFile run = new SpillFile(context.spillFolder());
        runs.add(run);
        int step = Batch.TARGET_ROWS / 4;
        for (int from = 0; from < order.length; from += step) {
            int count = Math.min(step, order.length - from);
            int[] rows = Arrays.copyOfRange(order, from, from + count);
            run.write(new Batch(Gather.view(sorted, rows, count, false), count));
        }
        context.metrics().add(spillCounter, run.bytes());
        context.metrics().add("spill.nanos", run.nanos());
        sorted = null;
        order = null;
        reservation.resize(0);
    }

    @Override
    public void close() {
        child.close();
        reservation.close();
        if (merger != null) {
            merger.close();
        }
        runs.forEach(SpillFile::close);
        sorted = null;
        order = null;
        read = true;
        merger = null;
    }
}
