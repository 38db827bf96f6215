package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What DESCRIBE EXTENDED and SHOW TABLE EXTENDED tell about a table or view.
final class TableDetails {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US);

    private TableDetails() {}

    /// Names and values in the order of Spark's listing.
    static Map<String, String> of(TableRecord table) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("Catalog", Catalog.DEFAULT_CATALOG);
        details.put("Database", table.database());
        details.put("Table", table.name());
        details.put(
                "Created Time",
                TIME.format(Instant.ofEpochMilli(table.created()).atZone(ZoneId.systemDefault())));
        details.put("Last Access", "UNKNOWN");
        details.put("Created By", "Spark 4.2.0");
        details.put("Type", table.kind());
        if (!table.isView()) {
            details.put("Provider", table.format());
        }
        if (table.comment() != null) {
            details.put("Comment", table.comment());
        }
        if (table.isView()) {
            details.put("View Text", table.viewText());
            details.put("View Original Text", table.viewText());
            details.put("View Schema Mode", "COMPENSATION");
            details.put(
                    "View Catalog and Namespace", Catalog.DEFAULT_CATALOG + "." + table.database());
            details.put(
                    "View Query Output Columns",
                    table.queryColumns().stream()
                            .map(CommandErrors::quoted)
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        if (!table.properties().isEmpty()) {
            details.put(
                    "Table Properties",
                    new TreeMap<>(table.properties())
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .collect(Collectors.joining(", ", "[", "]")));
        }
        if (!table.isView()) {
            details.put("Location", Locations.shown(table.location()));
        }
        if (!table.partitionBy().isEmpty()) {
            details.put("Partition Provider", "Catalog");
        }
        return details;
    }

    static String text(TableRecord table) {
        StringBuilder text = new StringBuilder();
        of(table)
                .forEach(
                        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        if (!table.partitionBy().isEmpty()) {
            text.append("Partition Columns: ")
                    .append(
                            table.partitionBy().stream()
                                    .map(CommandErrors::quoted)
                                    .collect(Collectors.joining(", ", "[", "]")))
                    .append('\n');
        }
        return text.append("Schema: ")
                .append(SchemaTree.text(table.schema()))
                .append("\n\n")
                .toString();
    }

    static String text(String view, List<Attribute> columns) {
        List<StructField> fields = new ArrayList<>();
        columns.forEach(column ->
                fields.add(new StructField(column.name(), column.type(), column.nullable())));
        return "Table: "
                + view
                + "\nType: VIEW\nSchema: "
                + SchemaTree.text(new StructType(fields))
                + "\n\n";
    }
}
