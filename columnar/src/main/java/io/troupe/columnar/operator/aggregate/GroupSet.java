package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.GroupKeys;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups with their accumulators.
final class GroupSet {
    private final GroupKeys index;
    private final AggregateProgram program;
    private final int keys;
    private int[] ids = {};
    private int[] filtered = {};
    private int[] filteredGroups = {};
    private int[] groupOfRow = {};
    private boolean any;

    GroupSet(List<DataType> keyTypes, AggregateProgram program) {
        keys = keyTypes.size();
        index = keys == 0 ? null : new GroupKeys(keyTypes);
        this.program = program;
    }

    int size() {
        return index == null ? (any ? 1 : 0) : index.size();
    }

    long bytes() {
        return (index == null ? 0 : index.bytes()) + program.bytes();
    }

    boolean mergeable() {
        return program.mergeable();
    }

    /// Makes the only group of an aggregation without keys exist.
    void ensureGroup() {
        any = true;
        program.reserve(1);
    }

    private int[] assign(Vector[] keyColumns, int[] rows, int count) {
        if (ids.length < count) {
            ids = new int[Math.max(count, Batch.TARGET_ROWS)];
        }
        any = true;
        if (index != null) {
            index.assign(keyColumns, rows, count, ids);
        }
        program.reserve(size());
        return ids;
    }

    /// Adds a batch of rows: `arguments` by slot.
    void update(Vector[] keyColumns, Vector[] arguments, Batch batch) {
        int count = batch.selected();
        int[] rows = Gather.rows(batch);
        int[] groups = assign(keyColumns, rows, count);
        feed(arguments, batch, rows, groups, count);
    }

    /// Makes each row a group of its own. The set must be new.
    void each(Vector[] arguments, Batch batch) {
        int count = batch.selected();
        any = true;
        program.reserve(count);
        feed(arguments, batch, Gather.rows(batch), Gather.identity(count), count);
    }

    private void feed(Vector[] arguments, Batch batch, int[] rows, int[] groups, int count) {
        for (AggregateProgram.Feed feed : program.feeds()) {
            Vector[] own = new Vector[feed.slots().length];
            for (int a = 0; a < own.length; a++) {
                own[a] = arguments[feed.slots()[a]];
            }
            int[] useRows = rows;
            int[] useGroups = groups;
            int use = count;
            if (feed.filter() != null) {
                use = filter(feed, batch, rows, groups, count);
                useRows = filtered;
                useGroups = filteredGroups;
            }
            if (feed.distinct() != null) {
                feed.distinct().filter(own, useRows, useGroups, use);
                useRows = feed.distinct().rows;
                useGroups = feed.distinct().groups;
                use = feed.distinct().count;
            }
            if (use > 0) {
                feed.accumulator().update(own, useRows, useGroups, use);
            }
        }
    }

    private int filter(
            AggregateProgram.Feed feed, Batch batch, int[] rows, int[] groups, int count) {
        if (filtered.length < count) {
            filtered = new int[count];
            filteredGroups = new int[count];
        }
        if (groupOfRow.length < batch.rowCount()) {
            groupOfRow = new int[batch.rowCount()];
        }
        for (int i = 0; i < count; i++) {
            groupOfRow[rows[i]] = groups[i];
        }
        int kept = feed.filter().select(batch, batch.selection(), count, filtered);
        for (int i = 0; i < kept; i++) {
            filteredGroups[i] = groupOfRow[filtered[i]];
        }
        return kept;
    }

    /// Adds a batch of states: keys, then the states of all aggregates.
    void merge(Batch batch) {
        int count = batch.selected();
        int[] rows = Gather.rows(batch);
        int[] groups = assign(Arrays.copyOf(batch.columns(), keys), rows, count);
        program.merge(batch.columns(), keys, rows, groups, count);
    }

    /// The groups `from` to `from + count`: keys, then states or results.
    Batch batch(int from, int count, boolean states) {
        List<Vector> columns = new ArrayList<>();
        if (index != null) {
            columns.addAll(Arrays.asList(index.keys(from, count)));
        }
        if (states) {
            program.states(from, count, columns);
        } else {
            program.results(from, count, columns);
        }
        return new Batch(columns.toArray(Vector[]::new), count);
    }

    /// The states of rows that were each made a group.
    Batch eachStates(Vector[] keyColumns, Batch input) {
        int count = input.selected();
        List<Vector> columns = new ArrayList<>();
        int[] rows = Gather.rows(input);
        for (Vector key : keyColumns) {
            columns.add(input.selection() == null ? key : Gather.copy(key, rows, 0, count));
        }
        program.states(0, count, columns);
        return new Batch(columns.toArray(Vector[]::new), count);
    }
}
