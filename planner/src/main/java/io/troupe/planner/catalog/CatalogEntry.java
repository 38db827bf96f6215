package io.troupe.planner.catalog;

import io.troupe.planner.expression.QueryPlan;
import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;

/// What a table name stands for.
public sealed interface CatalogEntry {
    /// The qualifier of the entry's columns: `[t]` for temporary views, `[spark_catalog, default,
    /// t]` for stored ones.
    List<String> qualifier();

    /// An analysed plan under a name.
    record TemporaryView(List<String> qualifier, QueryPlan plan) implements CatalogEntry {}

    /// A view kept as SQL text, which is read in the view's own database. Its columns are those of
    /// the query that are named `queryColumns`, under the names `columns`.
    record StoredView(
            List<String> qualifier, String text, List<String> queryColumns, List<String> columns)
            implements CatalogEntry {}

    /// Files of one format in a folder. `partitionColumns` are among the schema's columns, last.
    record StoredTable(
            List<String> qualifier,
            String format,
            String location,
            StructType schema,
            List<String> partitionColumns,
            Map<String, String> options)
            implements CatalogEntry {}
}
