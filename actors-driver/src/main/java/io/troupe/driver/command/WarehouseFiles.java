package io.troupe.driver.command;

import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.json.Json;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The warehouse's description on disk, in the folder `_troupe` of the warehouse:
/// `<database>/database.json`, `<database>/<table>.table.json` and `functions.json`. A file is
/// replaced at once, so that a crash leaves the old one or the new one.
final class WarehouseFiles {
    private static final String TABLE_SUFFIX = ".table.json";
    private static final String DATABASE_FILE = "database.json";

    private final Path root;

    WarehouseFiles(Path warehouse) {
        this.root = warehouse.resolve("_troupe");
    }

    List<DatabaseRecord> databases() {
        List<DatabaseRecord> found = new ArrayList<>();
        for (Path folder : list(root)) {
            Path file = folder.resolve(DATABASE_FILE);
            if (Files.exists(file)) {
                Map<String, Object> json = read(file);
                found.add(
                        new DatabaseRecord(
                                text(json, "name"),
                                text(json, "comment"),
                                text(json, "location"),
                                texts(json.get("properties"))));
            }
        }
        return found;
    }

    List<TableRecord> tables(String database) {
        List<TableRecord> found = new ArrayList<>();
        for (Path file : list(root.resolve(database))) {
            if (file.getFileName().toString().endsWith(TABLE_SUFFIX)) {
                found.add(table(read(file)));
            }
        }
        return found;
    }

    private static TableRecord table(Map<String, Object> json) {
        return new TableRecord(
                text(json, "database"),
                text(json, "name"),
                text(json, "format"),
                text(json, "location"),
                Boolean.TRUE.equals(json.get("managed")),
                SchemaJson.schema(json.get("schema")),
                ((List<?>) json.get("partitionBy")).stream().map(String::valueOf).toList(),
                texts(json.get("options")),
                texts(json.get("properties")),
                text(json, "comment"),
                ((Number) json.get("created")).longValue(),
                text(json, "viewText"),
                ((List<?>) json.getOrDefault("queryColumns", List.of()))
                        .stream().map(String::valueOf).toList());
    }

    void save(DatabaseRecord database) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", database.name());
        json.put("comment", database.comment());
        json.put("location", database.location());
        json.put("properties", database.properties());
        write(root.resolve(Warehouse.key(database.name())).resolve(DATABASE_FILE), json);
    }

    void save(TableRecord table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", table.database());
        json.put("name", table.name());
        json.put("format", table.format());
        json.put("location", table.location());
        json.put("managed", table.managed());
        json.put("schema", SchemaJson.tree(table.schema()));
        json.put("partitionBy", table.partitionBy());
        json.put("options", table.options());
        json.put("properties", table.properties());
        json.put("comment", table.comment());
        json.put("created", table.created());
        json.put("viewText", table.viewText());
        json.put("queryColumns", table.queryColumns());
        write(tableFile(Warehouse.key(table.database()), Warehouse.key(table.name())), json);
    }

    private Path tableFile(String database, String table) {
        return root.resolve(database).resolve(table + TABLE_SUFFIX);
    }

    void deleteTable(String database, String table) {
        delete(tableFile(database, table));
    }

    void deleteDatabase(String database) {
        Folders.delete(root.resolve(database));
    }

    List<SqlFunction> functions() {
        Path file = root.resolve("functions.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<SqlFunction> found = new ArrayList<>();
        for (Object element : (List<?>) read(file).get("functions")) {
            found.add(function((Map<?, ?>) element));
        }
        return found;
    }

    private static SqlFunction function(Map<?, ?> json) {
        List<SqlFunction.Parameter> parameters = new ArrayList<>();
        for (Object element : (List<?>) json.get("parameters")) {
            Map<?, ?> parameter = (Map<?, ?>) element;
            parameters.add(
                    new SqlFunction.Parameter(
                            (String) parameter.get("name"),
                            SqlParser.parseDataType((String) parameter.get("type")),
                            (String) parameter.get("default")));
        }
        DataType returns =
                json.get("returns") == null
                        ? null
                        : SqlParser.parseDataType((String) json.get("returns"));
        return new SqlFunction(
                ((List<?>) json.get("name")).stream().map(String::valueOf).toList(),
                parameters,
                returns,
                (String) json.get("body"),
                Boolean.TRUE.equals(json.get("query")),
                (String) json.get("comment"));
    }

    void save(List<SqlFunction> functions) {
        List<Object> all = new ArrayList<>();
        for (SqlFunction function : functions) {
            List<Object> parameters = new ArrayList<>();
            for (SqlFunction.Parameter parameter : function.parameters()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", parameter.name());
                one.put("type", parameter.type().sql());
                one.put("default", parameter.standard());
                parameters.add(one);
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", function.name());
            json.put("parameters", parameters);
            json.put("returns", function.returns() == null ? null : function.returns().sql());
            json.put("body", function.body());
            json.put("query", function.query());
            json.put("comment", function.comment());
            all.add(json);
        }
        write(root.resolve("functions.json"), Map.of("functions", all));
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the warehouse folder " + folder, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path file) {
        try {
            return (Map<String, Object>) Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalogue file " + file, e);
        }
    }

    private static void write(Path file, Map<String, Object> json) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), ".new", ".json");
            Files.writeString(fresh, Json.write(json));
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the catalogue file " + file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the catalogue file " + file, e);
        }
    }

    private static String text(Map<String, Object> json, String name) {
        return (String) json.get(name);
    }

    private static Map<String, String> texts(Object json) {
        Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) json)
                .forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }
}
