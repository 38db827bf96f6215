package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;

/// A stored table or view.
///
/// @param format null for a view
/// @param location a table's folder; null for a view
/// @param managed whether the warehouse owns the folder and deletes it with the table
/// @param schema partition columns come last
/// @param comment null when absent
/// @param created milliseconds since the epoch
/// @param viewText the query of a view as written, null for a table
/// @param queryColumns the names that a view's query gives to the view's columns; empty for a table
public record TableRecord(
        String database,
        String name,
        String format,
        String location,
        boolean managed,
        StructType schema,
        List<String> partitionBy,
        Map<String, String> options,
        Map<String, String> properties,
        String comment,
        long created,
        String viewText,
        List<String> queryColumns) {
    public TableRecord {
        queryColumns = List.copyOf(queryColumns);
        partitionBy = List.copyOf(partitionBy);
        options = Map.copyOf(options);
        properties = Map.copyOf(properties);
    }

    boolean isView() {
        return viewText != null;
    }

    /// MANAGED, EXTERNAL or VIEW.
    String kind() {
        return isView() ? "VIEW" : managed ? "MANAGED" : "EXTERNAL";
    }

    List<String> qualifier() {
        return List.of(Catalog.DEFAULT_CATALOG, database, name);
    }

    CatalogEntry entry() {
        return isView()
                ? new CatalogEntry.StoredView(
                        qualifier(),
                        viewText,
                        queryColumns,
                        schema.fields().stream().map(StructField::name).toList())
                : new CatalogEntry.StoredTable(
                        qualifier(), format, location, schema, partitionBy, options);
    }

    TableRecord withSchema(StructType changed) {
        return new TableRecord(
                database,
                name,
                format,
                location,
                managed,
                changed,
                partitionBy,
                options,
                properties,
                comment,
                created,
                viewText,
                queryColumns);
    }

    TableRecord withProperties(Map<String, String> changed) {
        return new TableRecord(
                database,
                name,
                format,
                location,
                managed,
                schema,
                partitionBy,
                options,
                changed,
                comment,
                created,
                viewText,
                queryColumns);
    }

    TableRecord withComment(String changed) {
        return new TableRecord(
                database,
                name,
                format,
                location,
                managed,
                schema,
                partitionBy,
                options,
                properties,
                changed,
                created,
                viewText,
                queryColumns);
    }

    TableRecord withLocation(String changed, boolean owned) {
        return new TableRecord(
                database,
                name,
                format,
                changed,
                owned,
                schema,
                partitionBy,
                options,
                properties,
                comment,
                created,
                viewText,
                queryColumns);
    }

    TableRecord renamed(String newDatabase, String newName) {
        return new TableRecord(
                newDatabase,
                newName,
                format,
                location,
                managed,
                schema,
                partitionBy,
                options,
                properties,
                comment,
                created,
                viewText,
                queryColumns);
    }

    TableRecord withView(StructType newSchema, String text, List<String> newQueryColumns) {
        return new TableRecord(
                database,
                name,
                format,
                location,
                managed,
                newSchema,
                partitionBy,
                options,
                properties,
                comment,
                created,
                text,
                newQueryColumns);
    }
}
