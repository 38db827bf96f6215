package io.troupe.console.finding;

import java.util.List;

/// Looks for one thing in one query.
interface Rule {
    /// Its name in answers, as `docs/console.md` lists it.
    String name();

    /// What it finds; empty most of the time.
    List<Finding> look(QueryFacts facts);
}
