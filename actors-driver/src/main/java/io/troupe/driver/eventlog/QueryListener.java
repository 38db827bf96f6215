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
}
