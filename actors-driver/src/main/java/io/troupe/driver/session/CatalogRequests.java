package io.troupe.driver.session;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.function.Functions;
import io.troupe.planner.json.ExpressionJson;
import io.troupe.planner.json.JsonObject;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.sql.SqlParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `spark.catalog`, temporary views and registered functions.
final class CatalogRequests {
    private final Session session;

    CatalogRequests(Session session) {
        this.session = session;
    }

    void registerFunction(Request request) {
        PythonFunction function = ExpressionJson.pythonFunction(new JsonObject(request.get("fn")));
        session.catalog().registerFunction(request.text("name"), function);
    }

    Map<String, Object> answer(Request request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", result(request));
        return answer;
    }

    private Object result(Request request) {
        String method = request.text("method");
        return switch (method) {
            case "createTempView" -> createView(request);
            case "dropTempView" -> session.catalog().dropTemporaryView(request.text("name"));
            case "dropGlobalTempView" -> session.catalog().dropGlobalView(request.text("name"));
            case "currentCatalog" -> session.catalog().currentCatalog();
            case "setCurrentCatalog", "refreshTable", "recoverPartitions", "refreshByPath" -> null;
            case "currentDatabase" -> session.catalog().currentDatabase();
            case "setCurrentDatabase" -> useDatabase(request.text("name"));
            case "databaseExists" -> session.catalog().hasDatabase(request.text("name"));
            case "listDatabases" ->
                    session.catalog().databases().stream().map(CatalogRequests::database).toList();
            case "getDatabase" -> {
                requireDatabase(request.text("name"));
                yield database(request.text("name"));
            }
            case "listCatalogs" ->
                    List.of(row("name", session.catalog().currentCatalog(), "description", null));
            case "listTables" ->
                    tables(request.text("dbName", null), request.text("pattern", null));
            case "tableExists" -> session.catalog().lookup(name(request)) != null;
            case "getTable" -> table(request);
            case "listColumns" -> columns(request);
            case "listFunctions" ->
                    session.catalog().functions().keySet().stream()
                            .map(CatalogRequests::function)
                            .toList();
            case "functionExists" -> isFunction(functionName(request));
            case "getFunction" -> {
                String name = functionName(request);
                if (!isFunction(name)) {
                    throw io.troupe.planner.error.Conditions.analysis(
                            "UNRESOLVED_ROUTINE",
                            "routineName",
                            "`" + name + "`",
                            "searchPath",
                            "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`"
                                    + session.catalog().currentDatabase()
                                    + "`]");
                }
                yield function(name);
            }
            case "isCached" -> session.cached().find(view(request)) != null;
            case "cacheTable" -> {
                session.cached().add(view(request), request.text("level", "MEMORY_AND_DISK"));
                yield null;
            }
            case "uncacheTable" -> uncache(session.cached().remove(view(request)));
            case "clearCache" -> {
                session.cached()
                        .all()
                        .forEach(entry -> uncache(session.cached().remove(entry.plan())));
                yield null;
            }
            default ->
                    throw new IllegalArgumentException("The catalog has no method " + method + ".");
        };
    }

    /// The last part: built-in and temporary functions have no qualifier of their own.
    private static String functionName(Request request) {
        return SqlParser.parseTableIdentifier(request.text("name")).getLast();
    }

    private boolean isFunction(String name) {
        return Functions.isBuiltIn(name) || session.catalog().function(name) != null;
    }

    private Object uncache(CachedPlans.Entry entry) {
        if (entry != null) {
            session.dropCache(entry.id());
        }
        return null;
    }

    private static List<String> name(Request request) {
        return SqlParser.parseTableIdentifier(request.text("name"));
    }

    private CatalogEntry entry(Request request) {
        CatalogEntry entry = session.catalog().lookup(name(request));
        if (entry == null) {
            String quoted = "`" + String.join("`.`", name(request)) + "`";
            throw TroupeException.analysis(
                    "TABLE_OR_VIEW_NOT_FOUND",
                    "42P01",
                    "The table or view "
                            + quoted
                            + " cannot be found. Verify the spelling and correctness of the schema and catalog.\n"
                            + "If you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the"
                            + " correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.",
                    Map.of("relationName", quoted));
        }
        return entry;
    }

    private LogicalPlan view(Request request) {
        return entry(request) instanceof CatalogEntry.TemporaryView view
                ? (LogicalPlan) view.plan()
                : session.analyze(
                        new io.troupe.planner.parsed.ParsedPlan.Table(name(request), Map.of()));
    }

    private Object createView(Request request) {
        String given = request.text("name");
        List<String> parts = SqlParser.parseTableIdentifier(given);
        if (parts.size() > 1) {
            throw TroupeException.analysis(
                    "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS",
                    "428EK",
                    "CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: `"
                            + String.join("`.`", parts)
                            + "`.",
                    Map.of("actualName", "`" + String.join("`.`", parts) + "`"));
        }
        String name = parts.getFirst();
        LogicalPlan plan = session.application().plans().get(request.number("plan"));
        boolean global = request.flag("global", false);
        boolean exists =
                global
                        ? session.catalog().lookup(List.of("global_temp", name)) != null
                        : session.catalog()
                                .temporaryViews()
                                .containsKey(name.toLowerCase(java.util.Locale.ROOT));
        if (exists && !request.flag("replace", true)) {
            throw TroupeException.analysis(
                    "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                    "42P07",
                    "Cannot create the temporary view `"
                            + name
                            + "` because it already exists.\nChoose a different name, drop or replace the existing view,  or add the IF NOT"
                            + " EXISTS clause to tolerate pre-existing views.",
                    Map.of("relationName", "`" + name + "`"));
        }
        List<String> qualifier = global ? List.of("global_temp", name) : List.of(name);
        CatalogEntry.TemporaryView view = new CatalogEntry.TemporaryView(qualifier, plan);
        if (global) {
            session.catalog().putGlobalView(name, view);
        } else {
            session.catalog().putTemporaryView(name, view);
        }
        return null;
    }

    private Object useDatabase(String name) {
        requireDatabase(name);
        session.catalog().useDatabase(name);
        return null;
    }

    private void requireDatabase(String name) {
        if (!session.catalog().hasDatabase(name)) {
            throw TroupeException.analysis(
                    "SCHEMA_NOT_FOUND",
                    "42704",
                    "The schema `spark_catalog`.`"
                            + name
                            + "` cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the"
                            + " name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.\n"
                            + "To tolerate the error on drop use DROP SCHEMA IF EXISTS.",
                    Map.of("schemaName", "`spark_catalog`.`" + name + "`"));
        }
    }

    private static Map<String, Object> row(Object... members) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            row.put((String) members[i], members[i + 1]);
        }
        return row;
    }

    private static Map<String, Object> database(String name) {
        return row(
                "name",
                name,
                "catalog",
                "spark_catalog",
                "description",
                name.equals("default") ? "default database" : "",
                "locationUri",
                "spark-warehouse");
    }

    private static Map<String, Object> function(String name) {
        return row(
                "name",
                name,
                "catalog",
                null,
                "namespace",
                null,
                "description",
                "N/A.",
                "className",
                "io.troupe.PythonFunction",
                "isTemporary",
                true);
    }

    private List<Map<String, Object>> tables(String database, String pattern) {
        String chosen = database == null ? session.catalog().currentDatabase() : database;
        requireDatabase(chosen);
        List<Map<String, Object>> tables = new ArrayList<>();
        session.catalog()
                .tables(chosen)
                .forEach((name, entry) -> tables.add(described(name, entry, chosen)));
        session.catalog()
                .temporaryViews()
                .forEach((name, view) -> tables.add(described(name, view, null)));
        tables.removeIf(
                table -> pattern != null && !matches(String.valueOf(table.get("name")), pattern));
        return tables;
    }

    private static boolean matches(String name, String pattern) {
        for (String part : pattern.split("\\|")) {
            if (name.matches("(?i)" + part.strip().replace("*", ".*"))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Object> described(String name, CatalogEntry entry, String database) {
        boolean temporary = entry instanceof CatalogEntry.TemporaryView;
        String kind =
                temporary
                        ? "TEMPORARY"
                        : entry instanceof CatalogEntry.StoredView ? "VIEW" : "MANAGED";
        return row(
                "name",
                name,
                "catalog",
                temporary ? null : "spark_catalog",
                "namespace",
                temporary ? List.of() : List.of(database),
                "description",
                null,
                "tableType",
                kind,
                "isTemporary",
                temporary);
    }

    private Map<String, Object> table(Request request) {
        List<String> name = name(request);
        String database =
                name.size() > 1 ? name.get(name.size() - 2) : session.catalog().currentDatabase();
        return described(name.getLast(), entry(request), database);
    }

    private List<Map<String, Object>> columns(Request request) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (var attribute : view(request).output()) {
            columns.add(
                    row(
                            "name",
                            attribute.name(),
                            "description",
                            null,
                            "dataType",
                            attribute.type().simpleString(),
                            "nullable",
                            attribute.nullable(),
                            "isPartition",
                            false,
                            "isBucket",
                            false,
                            "isCluster",
                            false));
        }
        return columns;
    }
}
