package io.troupe.planner.command;

import java.util.List;
import java.util.Map;

/// Databases (schemas, namespaces). Null for clauses that are absent.
public sealed interface DatabaseCommand extends Command {
    record Create(
            List<String> name,
            boolean ifNotExists,
            String comment,
            String location,
            Map<String, String> properties)
            implements DatabaseCommand {}

    record Drop(List<String> name, boolean ifExists, boolean cascade) implements DatabaseCommand {}

    record SetProperties(List<String> name, Map<String, String> properties)
            implements DatabaseCommand {}

    record SetLocation(List<String> name, String location) implements DatabaseCommand {}

    record Use(List<String> name) implements DatabaseCommand {}

    record UseCatalog(String name) implements DatabaseCommand {}
}
