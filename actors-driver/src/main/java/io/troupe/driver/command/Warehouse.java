package io.troupe.driver.command;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.catalog.StoredCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The databases, tables, views and SQL functions that all sessions of an application share. Kept
/// in memory and, from the first change on, in JSON files below the warehouse folder, so that the
/// next application finds them. Thread-safe; names ignore case.
public final class Warehouse implements StoredCatalog {
    public static final String DEFAULT = "default";

    private final Path folder;
    private final WarehouseFiles files;
    private final Map<String, DatabaseRecord> databases = new TreeMap<>();
    private final Map<String, Map<String, TableRecord>> tables = new TreeMap<>();
    private final Map<String, SqlFunction> functions = new TreeMap<>();

    /// @param folder need not exist
    public Warehouse(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.files = new WarehouseFiles(this.folder);
        databases.put(
                DEFAULT,
                new DatabaseRecord(DEFAULT, "default database", this.folder.toString(), Map.of()));
        for (DatabaseRecord database : files.databases()) {
            databases.put(key(database.name()), database);
        }
        for (String database : databases.keySet()) {
            Map<String, TableRecord> found = new TreeMap<>();
            files.tables(database).forEach(table -> found.put(key(table.name()), table));
            tables.put(database, found);
        }
        files.functions()
                .forEach(function -> functions.put(functionKey(function.name()), function));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String functionKey(List<String> name) {
        return key(String.join(".", name.subList(Math.max(0, name.size() - 2), name.size())));
    }

    @Override
    public synchronized List<String> databases() {
        return List.copyOf(databases.keySet());
    }

    @Override
    public synchronized boolean hasDatabase(String name) {
        return databases.containsKey(key(name));
    }

    @Override
    public synchronized CatalogEntry find(String database, String name) {
        TableRecord table = table(database, name);
        return table == null ? null : table.entry();
    }

    @Override
    public synchronized List<String> names(String database) {
        return tables(database).stream().map(TableRecord::name).toList();
    }

    /// Null when there is none.
    public synchronized DatabaseRecord database(String name) {
        return databases.get(key(name));
    }

    /// Null when there is none.
    public synchronized TableRecord table(String database, String name) {
        Map<String, TableRecord> found = tables.get(key(database));
        return found == null ? null : found.get(key(name));
    }

    public synchronized List<TableRecord> tables(String database) {
        return List.copyOf(tables.getOrDefault(key(database), Map.of()).values());
    }

    /// The folder of a new table or database without a LOCATION.
    Path folderFor(String database, String table) {
        return Path.of(database(database).location()).resolve(key(table));
    }

    Path folderFor(String database) {
        return folder.resolve(key(database) + ".db");
    }

    synchronized void put(DatabaseRecord database) {
        files.save(database);
        databases.put(key(database.name()), database);
        tables.computeIfAbsent(key(database.name()), ignored -> new TreeMap<>());
    }

    synchronized void dropDatabase(String name) {
        files.deleteDatabase(key(name));
        databases.remove(key(name));
        tables.remove(key(name));
    }

    synchronized void put(TableRecord table) {
        files.save(table);
        tables.get(key(table.database())).put(key(table.name()), table);
    }

    synchronized void drop(TableRecord table) {
        files.deleteTable(key(table.database()), key(table.name()));
        tables.get(key(table.database())).remove(key(table.name()));
    }

    @Override
    public synchronized SqlFunction function(List<String> name) {
        return functions.get(functionKey(name));
    }

    synchronized void put(SqlFunction function) {
        functions.put(functionKey(function.name()), function);
        files.save(new ArrayList<>(functions.values()));
    }

    synchronized boolean dropFunction(List<String> name) {
        boolean found = functions.remove(functionKey(name)) != null;
        if (found) {
            files.save(new ArrayList<>(functions.values()));
        }
        return found;
    }

    public synchronized List<SqlFunction> functions() {
        return List.copyOf(functions.values());
    }
}
