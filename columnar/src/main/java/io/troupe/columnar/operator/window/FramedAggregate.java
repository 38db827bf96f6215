package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.aggregate.SingleAggregate;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.WindowFrame.Exclusion;

/// An aggregate over frames. Whole partitions are aggregated once each; frames that begin with the
/// partition grow and are read off as they grow; exact sums and counts of sliding frames are
/// differences of running ones ([RunningSums]); everything else is aggregated per row.
public final class FramedAggregate implements WindowFunction {
    private static final int MAX_PAIRS = 1 << 16;

    /// Rows between two looks whether the task goes on, less one.
    private static final int CHECKED_ROWS = (1 << 8) - 1;

    private final AggregateCall call;
    private final Frame frame;
    private final int inputs;

    public FramedAggregate(AggregateCall call, Frame frame) {
        this.call = call;
        this.frame = frame;
        this.inputs = SingleAggregate.inputs(call).size();
    }

    /// Arguments: the aggregate's inputs, then its FILTER condition if it has one.
    @Override
    public Vector evaluate(Chunk chunk, Vector[] arguments) {
        Vector[] values = java.util.Arrays.copyOf(arguments, inputs);
        int[] kept = arguments.length > inputs ? kept(arguments[inputs], chunk.rows) : null;
        if (frame.wholePartition()) {
            return partitions(chunk, values, kept);
        }
        if (frame.exclusion() == Exclusion.NO_OTHERS && kept == null && RunningSums.handles(call)) {
            return new RunningSums(call, chunk, values).over(frame.from(chunk), frame.to(chunk));
        }
        return frame.fromStart() && new SingleAggregate(call).incremental()
                ? growing(chunk, values, kept)
                : each(chunk, values, kept);
    }

    @Override
    public Reach reach() {
        Reach.Step step = frame.growth();
        boolean taken = step == Reach.Step.PARTITION || new SingleAggregate(call).incremental();
        return step != null && taken ? new Reach.Growing(step, this::running) : frame.reach();
    }

    private RunningValue running() {
        SingleAggregate aggregate = new SingleAggregate(call);
        aggregate.reserve(1);
        return new RunningValue() {
            private Vector condition;
            private int[] kept;

            @Override
            public void add(Vector[] arguments, int from, int to) {
                if (arguments.length > inputs && arguments[inputs] != condition) {
                    condition = arguments[inputs];
                    kept = kept(condition, condition.length());
                }
                int[] rows = range(from, to, kept);
                aggregate.update(
                        java.util.Arrays.copyOf(arguments, inputs),
                        rows,
                        new int[rows.length],
                        rows.length,
                        1);
            }

            @Override
            public Vector value(Place place) {
                return aggregate.result(0, 1);
            }
        };
    }

    /// 1 for rows that pass the filter.
    private static int[] kept(Vector condition, int rows) {
        int[] kept = new int[rows];
        Vector flat = Gather.flat(condition);
        for (int row = 0; row < rows; row++) {
            kept[row] =
                    flat instanceof BooleanVector booleans && !flat.isNull(row)
                            ? booleans.values()[row]
                            : 0;
        }
        return kept;
    }

    private Vector partitions(Chunk chunk, Vector[] values, int[] kept) {
        int[] rows = new int[chunk.rows];
        int[] groups = new int[chunk.rows];
        int[] partitionOf = new int[chunk.rows];
        int partitions = 0;
        int count = 0;
        for (int row = 0; row < chunk.rows; row++) {
            partitions += chunk.partitionFrom[row] == row ? 1 : 0;
            partitionOf[row] = partitions - 1;
            if (kept == null || kept[row] != 0) {
                rows[count] = row;
                groups[count++] = partitions - 1;
            }
        }
        SingleAggregate aggregate = new SingleAggregate(call);
        aggregate.reserve(partitions);
        aggregate.update(values, rows, groups, count, partitions);
        Vector results = aggregate.result(0, partitions);
        ColumnBuilder builder = ColumnBuilder.of(call.type());
        builder.append(results, partitionOf, 0, chunk.rows);
        return builder.build();
    }

    private Vector growing(Chunk chunk, Vector[] values, int[] kept) {
        int[] to = frame.to(chunk);
        ColumnBuilder builder = ColumnBuilder.of(call.type());
        SingleAggregate aggregate = null;
        int added = 0;
        Vector result = null;
        int[] zeros = new int[chunk.rows];
        for (int row = 0; row < chunk.rows; row++) {
            if ((row & CHECKED_ROWS) == 0) {
                chunk.cancelled.run();
            }
            if (chunk.partitionFrom[row] == row) {
                aggregate = new SingleAggregate(call);
                aggregate.reserve(1);
                added = row;
                result = null;
            }
            if (to[row] > added || result == null) {
                int[] rows = range(added, Math.max(added, to[row]), kept);
                aggregate.update(values, rows, zeros, rows.length, 1);
                added = Math.max(added, to[row]);
                result = aggregate.result(0, 1);
            }
            builder.appendRange(result, 0, 1);
        }
        return builder.build();
    }

    private static int[] range(int from, int to, int[] kept) {
        int[] rows = new int[to - from];
        int count = 0;
        for (int row = from; row < to; row++) {
            rows[count] = row;
            count += kept == null ? 1 : kept[row];
        }
        return count == rows.length ? rows : java.util.Arrays.copyOf(rows, count);
    }

    private Vector each(Chunk chunk, Vector[] values, int[] kept) {
        int[] from = frame.from(chunk);
        int[] to = frame.to(chunk);
        ColumnBuilder builder = ColumnBuilder.of(call.type());
        int row = 0;
        while (row < chunk.rows) {
            chunk.cancelled.run();
            int first = row;
            long pairs = 0;
            while (row < chunk.rows && (row == first || pairs + to[row] - from[row] <= MAX_PAIRS)) {
                pairs += Math.max(0, to[row] - from[row]);
                row++;
            }
            int[] rows = new int[Math.toIntExact(pairs)];
            int[] groups = new int[rows.length];
            int count = 0;
            for (int r = first; r < row; r++) {
                for (int member = from[r]; member < to[r]; member++) {
                    if ((kept == null || kept[member] != 0) && !excluded(chunk, r, member)) {
                        rows[count] = member;
                        groups[count++] = r - first;
                    }
                }
            }
            SingleAggregate aggregate = new SingleAggregate(call);
            aggregate.reserve(row - first);
            aggregate.update(values, rows, groups, count, row - first);
            builder.appendRange(aggregate.result(0, row - first), 0, row - first);
        }
        return builder.build();
    }

    private boolean excluded(Chunk chunk, int row, int member) {
        return switch (frame.exclusion()) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> member == row;
            case GROUP -> member >= chunk.peersFrom[row] && member < chunk.peersTo[row];
            case TIES ->
                    member != row && member >= chunk.peersFrom[row] && member < chunk.peersTo[row];
        };
    }
}
