package io.troupe.planner.catalog;

import io.troupe.planner.expression.PythonFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A session's catalogue in memory: temporary views, databases with tables and views, registered
/// functions. Thread-safe.
public final class SessionCatalog implements Catalog {
    public static final String DEFAULT_DATABASE = "default";
    public static final String GLOBAL_DATABASE = "global_temp";

    private final Map<String, CatalogEntry.TemporaryView> temporary = new ConcurrentSkipListMap<>();
    private final Map<String, CatalogEntry.TemporaryView> global;
    private final Map<String, Map<String, CatalogEntry>> databases = new ConcurrentSkipListMap<>();
    private final Map<String, PythonFunction> functions = new ConcurrentSkipListMap<>();
    private volatile String currentDatabase = DEFAULT_DATABASE;

    /// @param global the application's global temporary views, shared by its sessions
    public SessionCatalog(Map<String, CatalogEntry.TemporaryView> global) {
        this.global = global;
        databases.put(DEFAULT_DATABASE, new ConcurrentSkipListMap<>());
    }

    public SessionCatalog() {
        this(new ConcurrentSkipListMap<>());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public CatalogEntry lookup(List<String> name) {
        String last = key(name.getLast());
        return switch (name.size()) {
            case 1 -> {
                CatalogEntry view = temporary.get(last);
                yield view != null ? view : database(currentDatabase).get(last);
            }
            case 2 -> inDatabase(key(name.getFirst()), last);
            case 3 ->
                    key(name.getFirst()).equals(DEFAULT_CATALOG)
                            ? inDatabase(key(name.get(1)), last)
                            : null;
            default -> null;
        };
    }

    private CatalogEntry inDatabase(String database, String name) {
        return database.equals(GLOBAL_DATABASE) ? global.get(name) : database(database).get(name);
    }

    private Map<String, CatalogEntry> database(String name) {
        Map<String, CatalogEntry> entries = databases.get(name);
        return entries == null ? Map.of() : entries;
    }

    @Override
    public PythonFunction function(String name) {
        return functions.get(key(name));
    }

    public void registerFunction(String name, PythonFunction function) {
        functions.put(key(name), function);
    }

    public boolean dropFunction(String name) {
        return functions.remove(key(name)) != null;
    }

    public Map<String, PythonFunction> functions() {
        return new TreeMap<>(functions);
    }

    public void putTemporaryView(String name, CatalogEntry.TemporaryView view) {
        temporary.put(key(name), view);
    }

    public boolean dropTemporaryView(String name) {
        return temporary.remove(key(name)) != null;
    }

    public Map<String, CatalogEntry.TemporaryView> temporaryViews() {
        return new TreeMap<>(temporary);
    }

    public void putGlobalView(String name, CatalogEntry.TemporaryView view) {
        global.put(key(name), view);
    }

    public boolean dropGlobalView(String name) {
        return global.remove(key(name)) != null;
    }

    public boolean createDatabase(String name) {
        return databases.putIfAbsent(key(name), new ConcurrentSkipListMap<>()) == null;
    }

    public boolean dropDatabase(String name) {
        return databases.remove(key(name)) != null;
    }

    public List<String> databases() {
        return List.copyOf(databases.keySet());
    }

    public boolean hasDatabase(String name) {
        return databases.containsKey(key(name));
    }

    /// @throws IllegalStateException when the database does not exist
    public void putTable(String database, String name, CatalogEntry entry) {
        Map<String, CatalogEntry> entries = databases.get(key(database));
        if (entries == null) {
            throw new IllegalStateException("database " + database + " does not exist");
        }
        entries.put(key(name), entry);
    }

    public CatalogEntry dropTable(String database, String name) {
        Map<String, CatalogEntry> entries = databases.get(key(database));
        return entries == null ? null : entries.remove(key(name));
    }

    public Map<String, CatalogEntry> tables(String database) {
        return new TreeMap<>(database(key(database)));
    }

    @Override
    public String currentDatabase() {
        return currentDatabase;
    }

    public void useDatabase(String name) {
        currentDatabase = key(name);
    }
}
