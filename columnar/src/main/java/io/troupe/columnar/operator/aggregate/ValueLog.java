package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;

/// One value of any type per group. Values are appended in chunks, groups point into them; when
/// more than half of the values are pointed at by nobody, the live ones are copied together.
final class ValueLog {
    private static final int SLACK = 1 << 16;

    private final DataType type;
    private Vector[] chunks = new Vector[8];
    private int chunkCount;
    private long stored;
    private int[] chunkOf = {};
    private int[] rowOf = {};
    private int groups;

    ValueLog(DataType type) {
        this.type = type;
    }

    void reserve(int groups) {
        if (groups > rowOf.length) {
            int old = rowOf.length;
            rowOf = Arrays.copyOf(rowOf, Math.max(groups, Math.max(16, old * 2)));
            chunkOf = Arrays.copyOf(chunkOf, rowOf.length);
            Arrays.fill(rowOf, old, rowOf.length, -1);
        }
        this.groups = Math.max(this.groups, groups);
    }

    /// The value of a group is row `row(group)` of this; only where the group has one.
    Vector chunk(int group) {
        return chunks[chunkOf[group]];
    }

    /// -1: the group has no value.
    int row(int group) {
        return rowOf[group];
    }

    /// Sets the values of the groups `touched[0 .. count)` to the rows `rows[group]` of a vector.
    void commit(Vector source, int[] rows, int[] touched, int count) {
        if (count == 0) {
            return;
        }
        if (stored > 2L * groups + SLACK) {
            compact();
        }
        int[] added = new int[count];
        for (int i = 0; i < count; i++) {
            added[i] = rows[touched[i]];
            chunkOf[touched[i]] = chunkCount;
            rowOf[touched[i]] = i;
        }
        ColumnBuilder builder = ColumnBuilder.of(type);
        builder.append(source, added, 0, count);
        add(builder.build());
    }

    private void add(Vector chunk) {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
        }
        chunks[chunkCount++] = chunk;
        stored += chunk.length();
    }

    private void compact() {
        Vector live = values(0, groups);
        Arrays.fill(chunks, null);
        chunkCount = 0;
        stored = 0;
        for (int g = 0; g < groups; g++) {
            chunkOf[g] = 0;
            rowOf[g] = rowOf[g] < 0 ? -1 : g;
        }
        add(live);
    }

    /// The values of the groups `from` to `from + count`.
    Vector values(int from, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        int[] rows = new int[count];
        int g = from;
        while (g < from + count) {
            if (rowOf[g] < 0) {
                builder.appendNulls(1);
                g++;
                continue;
            }
            int chunk = chunkOf[g];
            int run = 0;
            while (g < from + count && rowOf[g] >= 0 && chunkOf[g] == chunk) {
                rows[run++] = rowOf[g++];
            }
            builder.append(chunks[chunk], rows, 0, run);
        }
        return builder.build();
    }

    long bytes() {
        long sum = 8L * rowOf.length;
        for (int c = 0; c < chunkCount; c++) {
            sum += chunks[c].bytes();
        }
        return sum;
    }
}
