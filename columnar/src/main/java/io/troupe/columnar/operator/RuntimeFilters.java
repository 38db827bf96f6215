package io.troupe.columnar.operator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The runtime filters of one query on one executor, by number. Written once per filter by a join's
/// build, read by scans at any time.
public final class RuntimeFilters {
    private final Map<Integer, RuntimeFilter> filters = new ConcurrentHashMap<>();

    public void publish(int number, RuntimeFilter filter) {
        filters.put(number, filter);
    }

    /// The filter, or null while it is not there.
    public RuntimeFilter find(int number) {
        return filters.get(number);
    }
}
