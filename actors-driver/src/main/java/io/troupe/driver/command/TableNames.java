package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.SessionCatalog;
import java.util.List;

/// Names of stored things, made whole with the current database.
final class TableNames {
    /// A database and a table in it.
    record Qualified(String database, String table) {
        List<String> shown() {
            return List.of(Catalog.DEFAULT_CATALOG, database, table);
        }
    }

    private final Warehouse warehouse;
    private final SessionCatalog catalog;

    TableNames(Warehouse warehouse, SessionCatalog catalog) {
        this.warehouse = warehouse;
        this.catalog = catalog;
    }

    Qualified qualified(List<String> name) {
        return switch (name.size()) {
            case 1 -> new Qualified(catalog.currentDatabase(), name.getFirst());
            case 2 -> new Qualified(name.get(0), name.get(1));
            default -> {
                checkCatalog(name.getFirst());
                yield new Qualified(name.get(name.size() - 2), name.getLast());
            }
        };
    }

    /// The database that a name of one or two parts means.
    String database(List<String> name) {
        if (name == null) {
            return catalog.currentDatabase();
        }
        if (name.size() > 1) {
            checkCatalog(name.getFirst());
        }
        return name.getLast();
    }

    private static void checkCatalog(String name) {
        if (!name.equalsIgnoreCase(Catalog.DEFAULT_CATALOG)) {
            throw io.troupe.planner.error.TroupeException.analysis(
                    "CATALOG_NOT_FOUND",
                    "42P08",
                    "The catalog "
                            + CommandErrors.quoted(name)
                            + " not found. Consider to set the SQL config \"spark.sql.catalog."
                            + name
                            + "\" to a catalog plugin.",
                    java.util.Map.of("catalogName", CommandErrors.quoted(name)));
        }
    }

    /// @throws io.troupe.planner.error.TroupeException SCHEMA_NOT_FOUND
    DatabaseRecord existingDatabase(String name) {
        DatabaseRecord database = warehouse.database(name);
        if (database == null) {
            throw CommandErrors.noDatabase(name);
        }
        return database;
    }

    /// The stored table or view, or null.
    TableRecord find(List<String> name) {
        Qualified qualified = qualified(name);
        return warehouse.table(qualified.database(), qualified.table());
    }

    /// @throws io.troupe.planner.error.TroupeException TABLE_OR_VIEW_NOT_FOUND
    TableRecord existing(List<String> name) {
        TableRecord found = find(name);
        if (found == null) {
            throw CommandErrors.noTable(qualified(name).shown(), catalog.currentDatabase());
        }
        return found;
    }

    /// A stored table that is no view.
    TableRecord existingTable(List<String> name, String operation) {
        TableRecord found = existing(name);
        if (found.isView()) {
            throw CommandErrors.wrongKind(
                    operation,
                    "TABLE",
                    found.qualifier(),
                    "VIEW",
                    "Use the view's own command instead.");
        }
        return found;
    }
}
