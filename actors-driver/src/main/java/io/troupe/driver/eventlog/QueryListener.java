package io.troupe.driver.eventlog;

import java.util.function.Supplier;

/// Is told of the queries of an application before their jobs start. Must be quick and must not
/// throw.
public interface QueryListener {
    /// A query was planned.
    ///
    /// @param query its number
    /// @param details what is known of it, made only if somebody keeps it, perhaps later and on
    ///   another thread
    void queryPlanned(long query, Supplier<QueryDetails> details);

    /// A plan is about to be cached.
    ///
    /// @param cache its number; its stages run as those of query `-1 - cache`
    /// @param level its storage level
    /// @param description what it is
    void cacheFilled(long cache, String level, String description);

    /// A plan is cached no more.
    void cacheDropped(long cache);

    /// Nobody listens.
    static QueryListener none() {
        return new QueryListener() {
            @Override
            public void queryPlanned(long query, Supplier<QueryDetails> details) {}

            @Override
            public void cacheFilled(long cache, String level, String description) {}

            @Override
            public void cacheDropped(long cache) {}
        };
    }
}
