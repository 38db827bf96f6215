package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Queries dropped of late, oldest first: an executor that still holds something of one is told
/// again.
final class DroppedQueries {
    private static final int REMEMBERED = 10_000;

    private final SequencedSet<QueryId> dropped = new LinkedHashSet<>();

    void add(QueryId query) {
        dropped.add(query);
        if (dropped.size() > REMEMBERED) {
            dropped.removeFirst();
        }
    }

    /// What an executor must be told that holds something for these queries.
    List<TaskAction.Drop> stillHeld(ExecutorId executor, Collection<QueryId> held) {
        return held.stream()
                .filter(dropped::contains)
                .map(query -> new TaskAction.Drop(executor, query))
                .toList();
    }
}
