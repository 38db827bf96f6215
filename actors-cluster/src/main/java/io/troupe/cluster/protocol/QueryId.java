package io.troupe.cluster.protocol;

/// Identity of a query (a planned action or a cached plan) inside its application. What executors
/// hold for it (bundles, outputs, shared build sides) is dropped with it.
///
/// @param value number, counted from 1 over the whole application
public record QueryId(long value) implements Comparable<QueryId> {
    @Override
    public int compareTo(QueryId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "query " + value;
    }
}
