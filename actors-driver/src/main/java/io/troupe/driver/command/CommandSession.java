package io.troupe.driver.command;

import io.troupe.planner.catalog.SessionCatalog;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.ParserSettings;
import java.util.List;
import java.util.Map;

/// What commands need of the session that runs them.
public interface CommandSession {
    /// Temporary views, registered functions, the current database; stored entries come from the
    /// warehouse.
    SessionCatalog catalog();

    ParserSettings parserSettings();

    /// @throws io.troupe.planner.error.TroupeException the query's own errors
    LogicalPlan analyze(ParsedPlan plan);

    /// All rows of a query, as literal values by the types of its output.
    List<List<Object>> collect(LogicalPlan plan);

    /// Writes the query's rows as files; returns when they are committed.
    void write(LogicalPlan plan, WriteTarget target);

    /// The text of `EXPLAIN`; `mode` as in the command.
    String explain(LogicalPlan plan, String mode);

    /// The value of a setting, its default, or null.
    String setting(String key);

    /// @throws io.troupe.planner.error.TroupeException when it cannot be changed or the value is
    ///   wrong
    void set(String key, String value);

    /// Back to its default.
    void unset(String key);

    /// All settings with a value.
    Map<String, String> settings();

    /// Keeps the plan's result; computes it at once unless `lazy`.
    void cache(LogicalPlan plan, String storageLevel, boolean lazy);

    boolean isCached(LogicalPlan plan);

    void uncache(LogicalPlan plan);

    void uncacheAll();

    /// Forgets what is known of the files below a path: their list, statistics, cached data.
    void refresh(String path);
}
