package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.command.DescribeCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.type.StructField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// DESCRIBE.
final class DescribeCommands {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    DescribeCommands(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    Answer run(DescribeCommand command) {
        return switch (command) {
            case DescribeCommand.Table describe ->
                    describe.column().isEmpty() ? table(describe) : column(describe);
            case DescribeCommand.Query describe ->
                    columns(new ArrayList<>(), session.analyze(describe.query()).output());
            case DescribeCommand.Function describe -> function(describe);
            case DescribeCommand.Database describe -> database(describe);
        };
    }

    private static List<Object> row(String... cells) {
        return Arrays.asList((Object[]) cells);
    }

    private static Answer.Rows columns(List<List<Object>> rows, List<Attribute> columns) {
        columns.forEach(column -> rows.add(row(column.name(), column.type().simpleString(), null)));
        return new Answer.Rows(Answer.schema("col_name", "data_type", "comment?"), rows);
    }

    private Answer table(DescribeCommand.Table command) {
        if (session.catalog().lookup(command.name()) instanceof CatalogEntry.TemporaryView view) {
            return columns(new ArrayList<>(), view.plan().output());
        }
        TableRecord table = stored(command.name());
        List<List<Object>> rows = new ArrayList<>();
        table.schema().fields().forEach(field -> rows.add(fieldRow(field)));
        if (!table.partitionBy().isEmpty()) {
            rows.add(row("# Partition Information", "", ""));
            rows.add(row("# col_name", "data_type", "comment"));
            for (String column : table.partitionBy()) {
                rows.add(fieldRow(Partitions.column(table, column)));
            }
        }
        if (command.extended()) {
            rows.add(row("", "", ""));
            rows.add(row("# Detailed Table Information", "", ""));
            TableDetails.of(table).forEach((name, value) -> rows.add(row(name, value, "")));
        }
        List<StructField> defaults =
                table.schema().fields().stream()
                        .filter(field -> Metadata.of(field).standard() != null)
                        .toList();
        if (!defaults.isEmpty()) {
            rows.add(row("", "", ""));
            rows.add(row("# Column Default Values", "", ""));
            defaults.forEach(field ->
                    rows.add(
                            row(
                                    field.name(),
                                    field.type().simpleString(),
                                    Metadata.of(field).standard())));
        }
        return new Answer.Rows(Answer.schema("col_name", "data_type", "comment?"), rows);
    }

    private static List<Object> fieldRow(StructField field) {
        return row(field.name(), field.type().simpleString(), Metadata.of(field).comment());
    }

    private TableRecord stored(List<String> name) {
        TableRecord found = names.find(name);
        if (found == null) {
            throw CommandErrors.noTable(name, session.catalog().currentDatabase());
        }
        return found;
    }

    private Answer column(DescribeCommand.Table command) {
        List<StructField> fields =
                session.catalog().lookup(command.name()) instanceof CatalogEntry.TemporaryView view
                        ? view.plan().output().stream()
                                .map(column ->
                                        new StructField(
                                                column.name(), column.type(), column.nullable()))
                                .toList()
                        : stored(command.name()).schema().fields();
        String wanted = command.column().getFirst();
        StructField field =
                fields.stream()
                        .filter(one -> one.name().equalsIgnoreCase(wanted))
                        .findFirst()
                        .orElseThrow(() ->
                                CommandErrors.noColumn(
                                        wanted, fields.stream().map(StructField::name).toList()));
        String comment = Metadata.of(field).comment();
        List<List<Object>> rows = new ArrayList<>();
        rows.add(row("col_name", field.name()));
        rows.add(row("data_type", field.type().simpleString()));
        rows.add(row("comment", comment == null ? "NULL" : comment));
        if (command.extended()) {
            for (String statistic :
                    List.of(
                            "min",
                            "max",
                            "num_nulls",
                            "distinct_count",
                            "avg_col_len",
                            "max_col_len",
                            "histogram")) {
                rows.add(row(statistic, "NULL"));
            }
        }
        return new Answer.Rows(Answer.schema("info_name", "info_value"), rows);
    }

    private Answer database(DescribeCommand.Database command) {
        DatabaseRecord database = names.existingDatabase(names.database(command.name()));
        List<List<Object>> rows = new ArrayList<>();
        rows.add(row("Catalog Name", Catalog.DEFAULT_CATALOG));
        rows.add(row("Namespace Name", database.name()));
        rows.add(row("Comment", database.comment()));
        rows.add(row("Location", Locations.shown(database.location())));
        rows.add(row("Owner", System.getProperty("user.name", "")));
        if (command.extended()) {
            String properties =
                    new TreeMap<>(database.properties())
                            .entrySet().stream()
                                    .map(entry ->
                                            "(" + entry.getKey() + "," + entry.getValue() + ")")
                                    .collect(Collectors.joining(", "));
            rows.add(row("Properties", properties.isEmpty() ? "" : "(" + properties + ")"));
        }
        return new Answer.Rows(Answer.schema("info_name", "info_value?"), rows);
    }

    private Answer function(DescribeCommand.Function command) {
        String last = command.name().getLast().toLowerCase(Locale.ROOT);
        SqlFunction sql = session.catalog().sqlFunctions().get(last);
        if (sql == null) {
            TableNames.Qualified name = names.qualified(command.name());
            sql = warehouse.function(List.of(name.database(), name.table()));
        }
        if (sql != null) {
            return Answer.texts("function_desc", FunctionText.of(sql, command.extended()));
        }
        if (session.catalog().function(last) != null) {
            return Answer.texts(
                    "function_desc", List.of("Function: " + last, "Class: Python", "Usage: N/A."));
        }
        String usage = SystemFunctionList.descriptions().get(last);
        if (usage == null) {
            String shown = CommandErrors.quoted(command.name());
            String path =
                    "[`system`.`builtin`, `system`.`session`, `spark_catalog`."
                            + CommandErrors.quoted(session.catalog().currentDatabase())
                            + "]";
            throw TroupeException.analysis(
                    "UNRESOLVED_ROUTINE",
                    "42883",
                    "Cannot resolve routine " + shown + " on search path " + path + ".",
                    Map.of("routineName", shown, "searchPath", path));
        }
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "Function: " + last,
                                "Class: built-in",
                                "Usage: " + (usage.isEmpty() ? "N/A." : usage)));
        if (command.extended()) {
            lines.add("Extended Usage:\n    No example/argument for " + last + ".\n");
        }
        return Answer.texts("function_desc", lines);
    }
}
