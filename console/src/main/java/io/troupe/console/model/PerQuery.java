package io.troupe.console.model;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/// What was made of queries, until something more happens to them: pages ask each second, and most
/// queries have ended. Thread-safe.
///
/// @param <T> what is made
public final class PerQuery<T> {
    private final Map<QueryModel, Made<T>> made = new WeakHashMap<>();

    private record Made<T>(long changes, T value) {}

    /// What was made of the query as it is now.
    ///
    /// @param maker makes it; must look at nothing that changes without the query's changing
    public synchronized T of(QueryModel query, Function<QueryModel, T> maker) {
        Made<T> known = made.get(query);
        if (known == null || known.changes() != query.changes()) {
            known = new Made<>(query.changes(), maker.apply(query));
            made.put(query, known);
        }
        return known.value();
    }
}
