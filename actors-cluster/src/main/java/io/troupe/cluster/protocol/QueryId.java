package io.troupe.cluster.protocol;

/// Identity of a query (a planned action or a cached plan) inside its application. What executors
/// hold for it (bundles, outputs, shared build sides) is dropped with it.
///
/// @param value number: not negative for queries, negative for cached plans
public record QueryId(long value) implements Comparable<QueryId> {
    /// The query that stands for a cached plan, whose outputs outlive the queries that read them.
    public static QueryId ofCache(long cacheId) {
        return new QueryId(-1 - cacheId);
    }

    @Override
    public int compareTo(QueryId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value < 0 ? "cache " + (-1 - value) : "query " + value;
    }
}
