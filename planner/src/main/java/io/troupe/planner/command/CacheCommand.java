package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;
import java.util.Map;

/// Caches.
public sealed interface CacheCommand extends Command {
    /// With a query, a temporary view of that name is made first; `query` null otherwise.
    record Cache(List<String> name, boolean lazy, Map<String, String> options, ParsedPlan query)
            implements CacheCommand {}

    record Uncache(List<String> name, boolean ifExists) implements CacheCommand {}

    record Clear() implements CacheCommand {}

    record RefreshTable(List<String> name) implements CacheCommand {}

    record RefreshPath(String path) implements CacheCommand {}

    record RefreshFunction(List<String> name) implements CacheCommand {}
}
