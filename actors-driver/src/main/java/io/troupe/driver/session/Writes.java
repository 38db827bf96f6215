package io.troupe.driver.session;

import io.troupe.planner.logical.LogicalPlan;

/// `DataFrame.write`.
final class Writes {
    private final Session session;

    Writes(Session session) {
        this.session = session;
    }

    void write(LogicalPlan plan, Request request) {
        throw new IllegalArgumentException(
                "writing " + request.text("format", "parquet") + " in session " + session.id());
    }
}
