package io.troupe.planner.catalog;

import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// What names mean inside a stored view: the database in which it was made is the current one, and
/// the session's temporary views and variables are out of sight.
///
/// @param session the catalogue of the session that reads the view
/// @param currentDatabase the view's database
public record ViewCatalog(Catalog session, String currentDatabase) implements Catalog {
    @Override
    public CatalogEntry lookup(List<String> name) {
        return session.lookup(name.size() == 1 ? List.of(currentDatabase, name.getFirst()) : name);
    }

    @Override
    public TableFunctionResult analyzed(long function, String arguments) {
        return session.analyzed(function, arguments);
    }

    @Override
    public PythonFunction function(String name) {
        return session.function(name);
    }
}
