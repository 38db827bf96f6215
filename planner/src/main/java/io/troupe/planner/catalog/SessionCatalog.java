package io.troupe.planner.catalog;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/// A session's view of names: its temporary views and registered functions, before the stored
/// databases that all sessions share. Thread-safe.
public final class SessionCatalog implements Catalog {
    public static final String DEFAULT_DATABASE = "default";
    public static final String GLOBAL_DATABASE = "global_temp";

    private final Map<String, CatalogEntry.TemporaryView> temporary = new ConcurrentSkipListMap<>();
    private final Map<String, CatalogEntry.TemporaryView> global;
    private final StoredCatalog stored;
    private final Map<String, PythonFunction> functions = new ConcurrentSkipListMap<>();
    private final Map<String, TableFunctionResult> analyses = new ConcurrentSkipListMap<>();
    private final Map<String, SqlFunction> sqlFunctions = new ConcurrentSkipListMap<>();
    private final Map<String, Literal> variables = new ConcurrentSkipListMap<>();
    private final ScriptScopes scripts = new ScriptScopes();
    private final ThreadLocal<Set<String>> watched = new ThreadLocal<>();
    private volatile String currentDatabase = DEFAULT_DATABASE;

    /// @param global the application's global temporary views, shared by its sessions
    /// @param stored the application's databases
    public SessionCatalog(Map<String, CatalogEntry.TemporaryView> global, StoredCatalog stored) {
        this.global = global;
        this.stored = stored;
    }

    public SessionCatalog(Map<String, CatalogEntry.TemporaryView> global) {
        this(global, StoredCatalog.EMPTY);
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
                if (view != null && watched.get() != null) {
                    watched.get().add(name.getFirst());
                }
                yield view != null ? view : stored.find(currentDatabase, last);
            }
            case 2 -> inDatabase(key(name.getFirst()), last);
            case 3 ->
                    key(name.getFirst()).equals(DEFAULT_CATALOG)
                            ? inDatabase(key(name.get(1)), last)
                            : null;
            default -> null;
        };
    }

    /// The temporary views that this thread looks up while it does the work.
    public Set<String> temporaryViewsUsedBy(Runnable work) {
        Set<String> used = new TreeSet<>();
        watched.set(used);
        try {
            work.run();
        } finally {
            watched.remove();
        }
        return used;
    }

    private CatalogEntry inDatabase(String database, String name) {
        return database.equals(GLOBAL_DATABASE) ? global.get(name) : stored.find(database, name);
    }

    @Override
    public PythonFunction function(String name) {
        return functions.get(key(name));
    }

    public void registerFunction(String name, PythonFunction function) {
        functions.put(key(name), function);
    }

    @Override
    public TableFunctionResult analyzed(long function, String arguments) {
        return analyses.get(function + ":" + arguments);
    }

    /// Remembers what `analyze` said; forgets all when a thousand different calls are known.
    public void noteAnalysis(long function, String arguments, TableFunctionResult result) {
        if (analyses.size() >= 1000) {
            analyses.clear();
        }
        analyses.put(function + ":" + arguments, result);
    }

    public boolean dropFunction(String name) {
        return functions.remove(key(name)) != null;
    }

    public Map<String, PythonFunction> functions() {
        return new TreeMap<>(functions);
    }

    /// The function written in SQL that a name means: a temporary one of the session, or a stored
    /// one; null when there is none.
    public SqlFunction sqlFunction(List<String> name) {
        SqlFunction temporaryFunction =
                name.size() == 1 ? sqlFunctions.get(key(name.getFirst())) : null;
        return temporaryFunction != null
                ? temporaryFunction
                : switch (name.size()) {
                    case 1 ->
                            stored.function(
                                    List.of(DEFAULT_CATALOG, currentDatabase, name.getFirst()));
                    case 2 -> stored.function(List.of(DEFAULT_CATALOG, name.get(0), name.get(1)));
                    case 3 ->
                            name.getFirst().equalsIgnoreCase(DEFAULT_CATALOG)
                                    ? stored.function(name)
                                    : null;
                    default -> null;
                };
    }

    /// The session's temporary functions written in SQL, by lower-case name. Mutable.
    public Map<String, SqlFunction> sqlFunctions() {
        return sqlFunctions;
    }

    /// The variables of the script that the calling thread runs.
    public ScriptScopes scripts() {
        return scripts;
    }

    @Override
    public Literal variable(List<String> name) {
        Map<String, Literal> local = scripts.holder(name);
        if (local != null) {
            return local.get(key(name.getLast()));
        }
        boolean ours =
                name.size() == 1
                        || name.size() == 2 && name.getFirst().equalsIgnoreCase("session")
                        || name.size() == 3
                                && name.getFirst().equalsIgnoreCase("system")
                                && name.get(1).equalsIgnoreCase("session");
        return ours ? variables.get(key(name.getLast())) : null;
    }

    /// The session variables by lower-case name. Mutable.
    public Map<String, Literal> variables() {
        return variables;
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

    public Map<String, CatalogEntry.TemporaryView> globalViews() {
        return new TreeMap<>(global);
    }

    public List<String> databases() {
        return stored.databases();
    }

    public boolean hasDatabase(String name) {
        return stored.hasDatabase(name);
    }

    /// The stored tables and views of a database.
    public Map<String, CatalogEntry> tables(String database) {
        Map<String, CatalogEntry> tables = new TreeMap<>();
        stored.names(database).forEach(name -> tables.put(name, stored.find(database, name)));
        return tables;
    }

    @Override
    public String currentDatabase() {
        return currentDatabase;
    }

    public void useDatabase(String name) {
        currentDatabase = key(name);
    }
}
