package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keeps all rows of the arguments, for functions that need the whole group: they are brought
/// together by group once, at the end, and a [Finisher] makes each group's result.
final class Collected implements Accumulator {
    /// The result of one group in the engine's literal form.
    interface Finisher {
        /// @param arguments the argument columns of all groups
        /// @param from the group's rows are `from` (inclusive) to `to` (exclusive), in order of
        ///   arrival
        Object finish(Vector[] arguments, int from, int to);
    }

    private final DataType type;
    private final boolean skipNulls;
    private final Finisher finisher;
    private final ColumnBuilder[] columns;
    private int[] groupOf = new int[64];
    private int rows;
    private int groups;
    private Vector[] grouped;
    private int[] starts;

    /// @param skipNulls rows whose first argument is null do not count
    /// @param type of the result
    Collected(List<DataType> arguments, boolean skipNulls, DataType type, Finisher finisher) {
        this.type = type;
        this.skipNulls = skipNulls;
        this.finisher = finisher;
        this.columns = arguments.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    @Override
    public void reserve(int groups) {
        this.groups = Math.max(this.groups, groups);
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        int[] kept = rows;
        int[] keptGroups = groups;
        int size = count;
        if (skipNulls && arguments[0].validity() != null) {
            kept = new int[count];
            keptGroups = new int[count];
            size = 0;
            for (int i = 0; i < count; i++) {
                if (!arguments[0].isNull(rows[i])) {
                    kept[size] = rows[i];
                    keptGroups[size++] = groups[i];
                }
            }
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].append(arguments[c], kept, 0, size);
        }
        note(keptGroups, size);
    }

    private void note(int[] groups, int count) {
        if (rows + count > groupOf.length) {
            groupOf = Arrays.copyOf(groupOf, Math.max(rows + count, groupOf.length * 2));
        }
        System.arraycopy(groups, 0, groupOf, rows, count);
        rows += count;
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        Vector state = states[0];
        List<int[]> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!state.isNull(rows[i])) {
                int row = rows[i];
                Vector flat = state;
                if (state instanceof DictionaryVector coded) {
                    row = coded.codes()[row];
                    flat = coded.dictionary();
                }
                if (flat instanceof ListVector lists) {
                    append(lists.elements(), lists.offsets()[row], lists.offsets()[row + 1]);
                    int[] same = new int[lists.offsets()[row + 1] - lists.offsets()[row]];
                    Arrays.fill(same, groups[i]);
                    parts.add(same);
                }
            }
        }
        parts.forEach(part -> note(part, part.length));
    }

    private void append(Vector elements, int from, int to) {
        if (columns.length == 1) {
            columns[0].appendRange(elements, from, to - from);
            return;
        }
        StructVector structs = (StructVector) Gather.flat(elements);
        for (int c = 0; c < columns.length; c++) {
            columns[c].appendRange(structs.fields()[c], from, to - from);
        }
    }

    /// Brings the rows of each group together, keeping their order (a counting sort by group).
    private void group() {
        if (grouped != null) {
            return;
        }
        starts = new int[groups + 1];
        for (int i = 0; i < rows; i++) {
            starts[groupOf[i] + 1]++;
        }
        for (int g = 0; g < groups; g++) {
            starts[g + 1] += starts[g];
        }
        int[] next = starts.clone();
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[next[groupOf[i]]++] = i;
        }
        grouped = new Vector[columns.length];
        for (int c = 0; c < columns.length; c++) {
            Vector all = Gather.flat(columns[c].build());
            ColumnBuilder sorted = ColumnBuilder.like(all);
            sorted.append(all, order, 0, rows);
            grouped[c] = sorted.build();
        }
    }

    @Override
    public Vector[] states(int from, int count) {
        group();
        int[] offsets = Arrays.copyOfRange(starts, from, from + count + 1);
        Vector elements = columns.length == 1 ? grouped[0] : new StructVector(grouped, rows, null);
        ColumnBuilder builder = ColumnBuilder.like(new ListVector(offsets, elements, count, null));
        builder.appendRange(new ListVector(offsets, elements, count, null), 0, count);
        return new Vector[] {builder.build()};
    }

    @Override
    public Vector result(int from, int count) {
        group();
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int g = from; g < from + count; g++) {
            builder.appendValue(finisher.finish(grouped, starts[g], starts[g + 1]));
        }
        return builder.build();
    }

    @Override
    public long bytes() {
        long sum = 4L * groupOf.length;
        for (ColumnBuilder column : columns) {
            sum += 2 * column.bytes();
        }
        return sum;
    }
}
