package io.troupe.driver.command;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The statement that makes a stored table or view again.
final class CreateText {
    private CreateText() {}

    static String of(TableRecord table) {
        return table.isView() ? view(table) : table(table);
    }

    private static String table(TableRecord table) {
        StringBuilder out = new StringBuilder("CREATE TABLE ");
        out.append(String.join(".", table.qualifier().stream().map(CreateText::name).toList()))
                .append(" (\n  ");
        out.append(
                        table.schema().fields().stream()
                                .map(CreateText::column)
                                .collect(Collectors.joining(",\n  ")))
                .append(")\n");
        out.append("USING ").append(table.format()).append('\n');
        if (!table.options().isEmpty()) {
            out.append("OPTIONS (").append(pairs(table.options())).append(")\n");
        }
        if (!table.partitionBy().isEmpty()) {
            out.append("PARTITIONED BY (")
                    .append(
                            String.join(
                                    ", ",
                                    table.partitionBy().stream().map(CreateText::name).toList()))
                    .append(")\n");
        }
        if (table.comment() != null) {
            out.append("COMMENT ").append(quoted(table.comment())).append('\n');
        }
        if (!table.managed()) {
            out.append("LOCATION ").append(quoted(Locations.shown(table.location()))).append('\n');
        }
        properties(table, out);
        return out.toString();
    }

    private static String view(TableRecord view) {
        StringBuilder out =
                new StringBuilder("CREATE VIEW ")
                        .append(name(view.database()))
                        .append('.')
                        .append(name(view.name()))
                        .append(" (\n  ");
        out.append(
                        view.schema().fields().stream()
                                .map(CreateText::viewColumn)
                                .collect(Collectors.joining(",\n  ")))
                .append(")\n");
        if (view.comment() != null) {
            out.append("COMMENT ").append(quoted(view.comment())).append('\n');
        }
        properties(view, out);
        return out.append("WITH SCHEMA COMPENSATION\nAS ")
                .append(view.viewText())
                .append('\n')
                .toString();
    }

    private static String viewColumn(StructField field) {
        String comment = Metadata.of(field).comment();
        return name(field.name()) + (comment == null ? "" : " COMMENT " + quoted(comment));
    }

    private static void properties(TableRecord table, StringBuilder out) {
        if (!table.properties().isEmpty()) {
            out.append("TBLPROPERTIES (").append(pairs(table.properties())).append(")\n");
        }
    }

    private static String pairs(Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .map(entry ->
                                "\n  " + quoted(entry.getKey()) + " = " + quoted(entry.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static String column(StructField field) {
        Metadata metadata = Metadata.of(field);
        StringBuilder out =
                new StringBuilder(name(field.name())).append(' ').append(type(field.type()));
        out.append(field.nullable() ? "" : " NOT NULL");
        out.append(metadata.standard() == null ? "" : " DEFAULT " + metadata.standard());
        out.append(metadata.comment() == null ? "" : " COMMENT " + quoted(metadata.comment()));
        return out.toString();
    }

    private static String type(DataType type) {
        return switch (type) {
            case StringType string when string.kind() == StringType.Kind.STRING ->
                    "STRING COLLATE " + string.collation();
            case ArrayType array -> "ARRAY<" + type(array.element()) + ">";
            case MapType map -> "MAP<" + type(map.key()) + ", " + type(map.value()) + ">";
            case StructType struct ->
                    struct.fields().stream()
                            .map(field ->
                                    name(field.name())
                                            + ": "
                                            + type(field.type())
                                            + (field.nullable() ? "" : " NOT NULL"))
                            .collect(Collectors.joining(", ", "STRUCT<", ">"));
            default -> type.sql();
        };
    }

    /// Back-quoted only where it must be.
    private static String name(String name) {
        return name.matches("[a-zA-Z0-9_]*[a-zA-Z_][a-zA-Z0-9_]*")
                ? name
                : CommandErrors.quoted(name);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
