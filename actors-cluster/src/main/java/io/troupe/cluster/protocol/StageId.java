package io.troupe.cluster.protocol;

import java.util.Comparator;

/// Identity of a stage. Jobs of the same query share its stages, so outputs that exist are found
/// again.
///
/// @param query the query that the stage belongs to
/// @param number the stage's number within the query, which is also the number of the exchange that
///   it feeds
public record StageId(QueryId query, int number) implements Comparable<StageId> {
    private static final Comparator<StageId> ORDER =
            Comparator.comparing(StageId::query).thenComparingInt(StageId::number);

    @Override
    public int compareTo(StageId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "stage " + query.value() + "/" + number;
    }
}
