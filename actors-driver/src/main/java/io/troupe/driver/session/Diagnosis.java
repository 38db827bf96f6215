package io.troupe.driver.session;

import io.troupe.console.finding.Finding;
import java.util.List;

/// What is wrong with queries that ran, in words, costliest first.
public interface Diagnosis {
    /// Of one query, as far as its tasks have ended.
    List<Finding> ofQuery(long query);

    /// Of all queries so far.
    List<Finding> ofAll();

    /// Nothing is known, as nothing is written down.
    static Diagnosis none() {
        return new Diagnosis() {
            @Override
            public List<Finding> ofQuery(long query) {
                return List.of();
            }

            @Override
            public List<Finding> ofAll() {
                return List.of();
            }
        };
    }
}
