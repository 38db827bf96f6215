package io.troupe.planner.catalog;

import java.util.List;

/// The stored databases with their tables and views, which all sessions of an application share.
/// Names compare without regard to case.
public interface StoredCatalog {
    /// In lower case, sorted.
    List<String> databases();

    boolean hasDatabase(String name);

    /// Null when there is none.
    CatalogEntry find(String database, String name);

    /// Tables and views of a database, sorted.
    List<String> names(String database);

    /// The function written in SQL under a name of three parts (catalogue, database, function), or
    /// null.
    SqlFunction function(List<String> name);

    /// Only the database `default`, which is empty.
    StoredCatalog EMPTY =
            new StoredCatalog() {
                @Override
                public List<String> databases() {
                    return List.of("default");
                }

                @Override
                public boolean hasDatabase(String name) {
                    return name.equalsIgnoreCase("default");
                }

                @Override
                public CatalogEntry find(String database, String name) {
                    return null;
                }

                @Override
                public List<String> names(String database) {
                    return List.of();
                }

                @Override
                public SqlFunction function(List<String> name) {
                    return null;
                }
            };
}
