package io.troupe.planner.catalog;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;

/// What names of tables, views and registered functions mean in a session. Names compare without
/// regard to case.
public interface Catalog {
    String DEFAULT_CATALOG = "spark_catalog";

    /// The view or table of that name (one to three parts), or null. Temporary views hide tables of
    /// the same name.
    CatalogEntry lookup(List<String> name);

    /// The function registered under the name, or null.
    PythonFunction function(String name);

    /// What a Python table function's `analyze` said of such arguments, or null when it has not
    /// been asked yet.
    default TableFunctionResult analyzed(long function, String arguments) {
        return null;
    }

    /// The value of the session variable of that name, or null when there is none.
    default Literal variable(List<String> name) {
        return null;
    }

    String currentDatabase();

    default String currentCatalog() {
        return DEFAULT_CATALOG;
    }
}
