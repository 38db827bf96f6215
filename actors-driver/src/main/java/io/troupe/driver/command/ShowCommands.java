package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.command.ShowCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.type.StructField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// SHOW.
final class ShowCommands {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    ShowCommands(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    Answer run(ShowCommand command) {
        return switch (command) {
            case ShowCommand.Databases show ->
                    Answer.texts("namespace", filtered(warehouse.databases(), show.pattern()));
            case ShowCommand.Tables show -> tables(show);
            case ShowCommand.TablesExtended show -> extended(show);
            case ShowCommand.Views show -> views(show);
            case ShowCommand.Columns show -> columns(show);
            case ShowCommand.Functions show -> functions(show);
            case ShowCommand.CreateTable show ->
                    Answer.texts(
                            "createtab_stmt",
                            List.of(CreateText.of(stored(show.name(), "SHOW CREATE TABLE"))));
            case ShowCommand.Properties show -> properties(show);
            case ShowCommand.Partitions show -> partitions(show);
            case ShowCommand.Catalogs show ->
                    Answer.texts(
                            "catalog", filtered(List.of(Catalog.DEFAULT_CATALOG), show.pattern()));
            case ShowCommand.Current ignored ->
                    new Answer.Rows(
                            Answer.schema("catalog", "namespace"),
                            List.of(
                                    List.of(
                                            Catalog.DEFAULT_CATALOG,
                                            session.catalog().currentDatabase())));
        };
    }

    private static List<String> filtered(List<String> all, String pattern) {
        NamePattern wanted = new NamePattern(pattern);
        return all.stream().filter(wanted::matches).toList();
    }

    private Answer tables(ShowCommand.Tables command) {
        String database = names.database(command.database());
        NamePattern wanted = new NamePattern(command.pattern());
        List<List<Object>> rows = new ArrayList<>();
        if (database.equalsIgnoreCase("global_temp")) {
            globals(wanted, rows);
        } else {
            for (TableRecord table : warehouse.tables(names.existingDatabase(database).name())) {
                if (wanted.matches(table.name())) {
                    rows.add(List.of(table.database(), table.name(), false));
                }
            }
        }
        temporary(wanted, rows);
        return new Answer.Rows(Answer.schema("namespace", "tableName", "isTemporary!"), rows);
    }

    private void globals(NamePattern wanted, List<List<Object>> rows) {
        for (String view : session.catalog().globalViews().keySet()) {
            if (wanted.matches(view)) {
                rows.add(List.of("global_temp", view, true));
            }
        }
    }

    private void temporary(NamePattern wanted, List<List<Object>> rows) {
        for (String view : session.catalog().temporaryViews().keySet()) {
            if (wanted.matches(view)) {
                rows.add(List.of("", view, true));
            }
        }
    }

    private Answer views(ShowCommand.Views command) {
        String database = names.database(command.database());
        NamePattern wanted = new NamePattern(command.pattern());
        List<List<Object>> rows = new ArrayList<>();
        if (database.equalsIgnoreCase("global_temp")) {
            globals(wanted, rows);
        } else {
            for (TableRecord view : warehouse.tables(names.existingDatabase(database).name())) {
                if (view.isView() && wanted.matches(view.name())) {
                    rows.add(List.of(view.database(), view.name(), false));
                }
            }
        }
        temporary(wanted, rows);
        return new Answer.Rows(Answer.schema("namespace", "viewName", "isTemporary!"), rows);
    }

    private Answer extended(ShowCommand.TablesExtended command) {
        String database = names.existingDatabase(names.database(command.database())).name();
        NamePattern wanted = new NamePattern(command.pattern());
        List<List<Object>> rows = new ArrayList<>();
        for (TableRecord table : warehouse.tables(database)) {
            if (wanted.matches(table.name())) {
                rows.add(List.of(table.database(), table.name(), false, TableDetails.text(table)));
            }
        }
        session.catalog()
                .temporaryViews()
                .forEach((name, view) -> {
                    if (wanted.matches(name)) {
                        rows.add(
                                List.of(
                                        "",
                                        name,
                                        true,
                                        TableDetails.text(name, view.plan().output())));
                    }
                });
        return new Answer.Rows(
                Answer.schema("namespace", "tableName", "isTemporary!", "information"), rows);
    }

    private Answer columns(ShowCommand.Columns command) {
        List<String> name = command.table();
        if (command.database() != null) {
            String database = command.database().getLast();
            if (name.size() > 1 && !name.get(name.size() - 2).equalsIgnoreCase(database)) {
                throw TroupeException.analysis(
                        "SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE",
                        "42K05",
                        "SHOW COLUMNS with conflicting namespaces: "
                                + CommandErrors.quoted(database)
                                + " != "
                                + CommandErrors.quoted(name.get(name.size() - 2))
                                + ".",
                        Map.of("namespaceA", database, "namespaceB", name.get(name.size() - 2)));
            }
            name = List.of(database, name.getLast());
        }
        if (session.catalog().lookup(name) instanceof CatalogEntry.TemporaryView view) {
            return Answer.texts(
                    "col_name", view.plan().output().stream().map(Attribute::name).toList());
        }
        return Answer.texts(
                "col_name",
                stored(name, "SHOW COLUMNS").schema().fields().stream()
                        .map(StructField::name)
                        .toList());
    }

    private Answer functions(ShowCommand.Functions command) {
        TreeSet<String> found = new TreeSet<>();
        if (!command.scope().equals("user")) {
            found.addAll(SystemFunctionList.descriptions().keySet());
        }
        if (!command.scope().equals("system")) {
            found.addAll(session.catalog().sqlFunctions().keySet());
            found.addAll(session.catalog().functions().keySet());
            String database = names.database(command.database());
            for (SqlFunction function : warehouse.functions()) {
                if (function.name().get(1).equalsIgnoreCase(database)) {
                    found.add(String.join(".", function.name()));
                }
            }
        }
        return Answer.texts("function", filtered(List.copyOf(found), command.pattern()));
    }

    /// A stored table or view. A temporary view has no stored description.
    private TableRecord stored(List<String> name, String operation) {
        if (session.catalog().lookup(name) instanceof CatalogEntry.TemporaryView) {
            String shown = CommandErrors.quoted(name);
            throw TroupeException.analysis(
                    "EXPECT_PERMANENT_VIEW_NOT_TEMP",
                    "42809",
                    "'"
                            + operation
                            + "' expects a permanent view but "
                            + shown
                            + " is a temp view.",
                    Map.of("operation", operation, "viewName", shown));
        }
        TableRecord found = names.find(name);
        if (found == null) {
            throw CommandErrors.noTable(name, session.catalog().currentDatabase());
        }
        return found;
    }

    private Answer properties(ShowCommand.Properties command) {
        TableRecord table = stored(command.name(), "SHOW TBLPROPERTIES");
        List<List<Object>> rows = new ArrayList<>();
        if (command.key() == null) {
            new java.util.TreeMap<>(table.properties())
                    .forEach((key, value) -> rows.add(List.of(key, value)));
        } else {
            String missing =
                    "Table "
                            + String.join(".", table.qualifier())
                            + " does not have property: "
                            + command.key();
            rows.add(
                    List.of(
                            command.key(),
                            table.properties().getOrDefault(command.key(), missing)));
        }
        return new Answer.Rows(Answer.schema("key", "value"), rows);
    }

    private Answer partitions(ShowCommand.Partitions command) {
        TableRecord table = stored(command.name(), "SHOW PARTITIONS");
        if (table.partitionBy().isEmpty()) {
            throw TroupeException.analysis(
                    "INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
                    "42601",
                    "The partition command is invalid. Table "
                            + CommandErrors.quoted(table.qualifier())
                            + " is not partitioned.",
                    Map.of("name", CommandErrors.quoted(table.qualifier())));
        }
        List<String> all = Partitions.all(table);
        if (command.partition() != null) {
            Map<String, String> wanted = new Partitions(session).values(table, command.partition());
            all = all.stream().filter(folder -> Partitions.matches(folder, wanted)).toList();
        }
        return Answer.texts("partition", all);
    }
}
