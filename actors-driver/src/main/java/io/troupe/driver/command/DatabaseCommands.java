package io.troupe.driver.command;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.command.DatabaseCommand;
import io.troupe.planner.error.TroupeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// CREATE, DROP, ALTER and USE of databases.
final class DatabaseCommands {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    DatabaseCommands(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    Answer run(DatabaseCommand command) {
        switch (command) {
            case DatabaseCommand.Create create -> create(create);
            case DatabaseCommand.Drop drop -> drop(drop);
            case DatabaseCommand.SetProperties set -> {
                DatabaseRecord database = names.existingDatabase(names.database(set.name()));
                Map<String, String> properties = new LinkedHashMap<>(database.properties());
                properties.putAll(set.properties());
                warehouse.put(
                        new DatabaseRecord(
                                database.name(),
                                database.comment(),
                                database.location(),
                                properties));
            }
            case DatabaseCommand.SetLocation set -> {
                DatabaseRecord database = names.existingDatabase(names.database(set.name()));
                warehouse.put(
                        new DatabaseRecord(
                                database.name(),
                                database.comment(),
                                Locations.path(set.location()).toString(),
                                database.properties()));
            }
            case DatabaseCommand.Use use -> {
                String name = names.database(use.name());
                names.existingDatabase(name);
                session.catalog().useDatabase(name);
            }
            case DatabaseCommand.UseCatalog use -> useCatalog(use.name());
        }
        return Answer.NOTHING;
    }

    private void useCatalog(String name) {
        if (!name.equalsIgnoreCase(Catalog.DEFAULT_CATALOG)) {
            throw TroupeException.analysis(
                    "CATALOG_NOT_FOUND",
                    "42P08",
                    "The catalog "
                            + CommandErrors.quoted(name)
                            + " not found. Consider to set the SQL config \"spark.sql.catalog."
                            + name
                            + "\" to a catalog plugin.",
                    Map.of("catalogName", CommandErrors.quoted(name)));
        }
    }

    private void create(DatabaseCommand.Create command) {
        String name = names.database(command.name());
        if (warehouse.hasDatabase(name)) {
            if (command.ifNotExists()) {
                return;
            }
            throw CommandErrors.databaseExists(name);
        }
        Path location =
                command.location() == null
                        ? warehouse.folderFor(name)
                        : Locations.path(command.location());
        Folders.create(location);
        warehouse.put(
                new DatabaseRecord(
                        name,
                        command.comment() == null ? "" : command.comment(),
                        location.toString(),
                        command.properties()));
    }

    private void drop(DatabaseCommand.Drop command) {
        String name = names.database(command.name());
        DatabaseRecord database = warehouse.database(name);
        if (database == null) {
            if (command.ifExists()) {
                return;
            }
            throw CommandErrors.noDatabase(name);
        }
        if (name.equalsIgnoreCase(Warehouse.DEFAULT)) {
            throw TroupeException.analysis(
                    "UNSUPPORTED_FEATURE.DROP_DATABASE",
                    "0A000",
                    "The feature is not supported: Drop the default database `spark_catalog`.`default`.",
                    Map.of("database", "`spark_catalog`.`default`"));
        }
        if (!command.cascade() && !warehouse.tables(name).isEmpty()) {
            throw TroupeException.analysis(
                    "SCHEMA_NOT_EMPTY",
                    "2BP01",
                    "Cannot drop a schema "
                            + CommandErrors.quoted(name)
                            + " because it contains objects.\nUse DROP SCHEMA ... CASCADE to drop the"
                            + " schema and all its objects.",
                    Map.of("schemaName", CommandErrors.quoted(name)));
        }
        for (TableRecord table : warehouse.tables(name)) {
            if (table.managed() && !table.isView()) {
                Folders.delete(Path.of(table.location()));
            }
        }
        warehouse.dropDatabase(name);
        if (Path.of(database.location()).equals(warehouse.folderFor(name))) {
            Folders.delete(Path.of(database.location()));
        }
        if (session.catalog().currentDatabase().equalsIgnoreCase(name)) {
            session.catalog().useDatabase(Warehouse.DEFAULT);
        }
    }
}
