package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.QueryModel;
import java.util.List;

/// Looks for one thing in one query.
interface Rule {
    /// Its name in answers and in settings.
    String name();

    /// What it finds; empty most of the time.
    List<Finding> look(ApplicationModel model, QueryModel query);
}
