package io.troupe.driver.command;

import io.troupe.planner.command.TableCommand;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// CREATE, DROP and TRUNCATE of tables.
final class TableCommands {
    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "text");

    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;
    private final AlterTables alterations;

    TableCommands(
            CommandSession session,
            Warehouse warehouse,
            TableNames names,
            AlterTables alterations) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
        this.alterations = alterations;
    }

    Answer run(TableCommand command) {
        switch (command) {
            case TableCommand.Create create -> create(create);
            case TableCommand.CreateLike create -> createLike(create);
            case TableCommand.Drop drop -> drop(drop);
            case TableCommand.Truncate truncate -> truncate(truncate);
            case TableCommand.Repair repair ->
                    session.refresh(
                            names.existingTable(repair.name(), "MSCK REPAIR TABLE").location());
            case TableCommand.Analyze analyze -> {
                if (session.catalog().lookup(analyze.name()) == null) {
                    names.existing(analyze.name());
                }
            }
            default -> alterations.run(command);
        }
        return Answer.NOTHING;
    }

    private void create(TableCommand.Create command) {
        TableNames.Qualified name = names.qualified(command.name());
        names.existingDatabase(name.database());
        TableCommand.Definition definition = command.definition();
        String format = format(definition.format());
        TableRecord existing = warehouse.table(name.database(), name.table());
        if (command.replace()) {
            throw CommandErrors.noTableOperation(
                    name.shown(),
                    command.query() == null ? "REPLACE TABLE" : "REPLACE TABLE AS SELECT");
        }
        if (existing != null) {
            if (command.ifNotExists()) {
                return;
            }
            throw CommandErrors.tableExists(name.shown());
        }
        LogicalPlan query = command.query() == null ? null : session.analyze(command.query());
        StructType schema = query == null ? schema(definition, format) : schema(query);
        checkUnique(schema);
        Path location = location(name, definition);
        boolean managed = !located(definition);
        if (managed && !Folders.isEmpty(location)) {
            throw CommandErrors.locationTaken(Locations.shown(location.toString()), name.shown());
        }
        TableRecord table =
                new TableRecord(
                        name.database(),
                        Warehouse.key(name.table()),
                        format,
                        location.toString(),
                        managed,
                        partitionsLast(schema, definition.partitionBy()),
                        partitionNames(schema, definition.partitionBy()),
                        options(definition),
                        definition.properties(),
                        definition.comment(),
                        System.currentTimeMillis(),
                        null,
                        List.of());
        if (query == null) {
            Folders.create(location);
        } else {
            session.write(
                    query,
                    new WriteTarget(
                            format, table.location(), true, table.partitionBy(), table.options()));
        }
        warehouse.put(table);
    }

    private static void checkUnique(StructType schema) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        schema.fields()
                .forEach(field ->
                        counts.merge(field.name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        counts.forEach((column, count) -> {
            if (count > 1) {
                throw io.troupe.planner.error.TroupeException.analysis(
                        "COLUMN_ALREADY_EXISTS",
                        "42711",
                        "The column "
                                + CommandErrors.quoted(column)
                                + " already exists. Choose another name or rename the existing column.",
                        Map.of("columnName", CommandErrors.quoted(column)));
            }
        });
    }

    private String format(String given) {
        String format = given == null ? session.setting("spark.sql.sources.default") : given;
        String known = format == null ? "parquet" : format.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(known)) {
            throw CommandErrors.noFormat(format);
        }
        return known;
    }

    private StructType schema(TableCommand.Definition definition, String format) {
        if (!definition.columns().isEmpty()) {
            return new StructType(definition.columns());
        }
        if (!located(definition)) {
            throw io.troupe.planner.error.TroupeException.analysis(
                    "UNABLE_TO_INFER_SCHEMA",
                    "42KD9",
                    "Unable to infer schema for " + format + ". It must be specified manually.",
                    Map.of("format", format));
        }
        String path =
                pathOption(definition) != null ? pathOption(definition) : definition.location();
        return schema(
                session.analyze(
                        new io.troupe.planner.parsed.ParsedPlan.Read(
                                format,
                                List.of(Locations.path(path).toString()),
                                options(definition),
                                null)));
    }

    static StructType schema(LogicalPlan query) {
        List<StructField> fields = new ArrayList<>();
        for (Attribute column : query.output()) {
            fields.add(
                    new StructField(
                            column.name(),
                            column.type() == AtomicType.VOID ? AtomicType.VOID : column.type(),
                            true));
        }
        return new StructType(fields);
    }

    private static boolean located(TableCommand.Definition definition) {
        return definition.location() != null || pathOption(definition) != null;
    }

    private static String pathOption(TableCommand.Definition definition) {
        return definition.options().entrySet().stream()
                .filter(option -> option.getKey().equalsIgnoreCase("path"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Path location(TableNames.Qualified name, TableCommand.Definition definition) {
        if (definition.location() != null) {
            return Locations.path(definition.location());
        }
        String option = pathOption(definition);
        return option == null
                ? warehouse.folderFor(name.database(), name.table())
                : Locations.path(option);
    }

    private static Map<String, String> options(TableCommand.Definition definition) {
        Map<String, String> options = new LinkedHashMap<>();
        definition
                .options()
                .forEach((key, value) -> {
                    if (!key.equalsIgnoreCase("path")) {
                        options.put(key.toLowerCase(Locale.ROOT), value);
                    }
                });
        return options;
    }

    /// The partition columns as the schema spells them.
    private static List<String> partitionNames(StructType schema, List<String> partitionBy) {
        List<String> known = schema.fields().stream().map(StructField::name).toList();
        List<String> found = new ArrayList<>();
        for (String column : partitionBy) {
            found.add(
                    known.stream()
                            .filter(column::equalsIgnoreCase)
                            .findFirst()
                            .orElseThrow(() -> CommandErrors.noColumn(column, known)));
        }
        return found;
    }

    static StructType partitionsLast(StructType schema, List<String> partitionBy) {
        List<StructField> first = new ArrayList<>();
        List<StructField> last = new ArrayList<>();
        for (String column : partitionBy) {
            schema.fields().stream()
                    .filter(field -> field.name().equalsIgnoreCase(column))
                    .forEach(last::add);
        }
        schema.fields().stream().filter(field -> !last.contains(field)).forEach(first::add);
        first.addAll(last);
        return new StructType(first);
    }

    private void createLike(TableCommand.CreateLike command) {
        TableRecord source = names.existing(command.source());
        TableCommand.Definition given = command.definition();
        TableCommand.Definition definition =
                new TableCommand.Definition(
                        source.schema().fields(),
                        given.format() != null
                                ? given.format()
                                : source.isView() ? null : source.format(),
                        source.partitionBy(),
                        source.options(),
                        given.properties(),
                        given.location(),
                        given.comment());
        create(
                new TableCommand.Create(
                        command.name(), definition, command.ifNotExists(), false, null));
    }

    private void drop(TableCommand.Drop command) {
        if (command.name().size() == 1
                && session.catalog().dropTemporaryView(command.name().getFirst())) {
            return;
        }
        TableRecord table = names.find(command.name());
        if (table == null) {
            if (command.ifExists()) {
                return;
            }
            throw CommandErrors.noTable(
                    names.qualified(command.name()).shown(), session.catalog().currentDatabase());
        }
        warehouse.drop(table);
        if (!table.isView()) {
            session.refresh(table.location());
            if (table.managed()) {
                Folders.delete(Path.of(table.location()));
            }
        }
    }

    private void truncate(TableCommand.Truncate command) {
        TableRecord table = names.existingTable(command.name(), "TRUNCATE TABLE");
        if (!table.managed()) {
            throw io.troupe.planner.error.TroupeException.analysis(
                    "_LEGACY_ERROR_TEMP_1266",
                    null,
                    "Operation not allowed: TRUNCATE TABLE on external tables: "
                            + CommandErrors.quoted(table.qualifier())
                            + ".",
                    Map.of("tableIdentWithDB", CommandErrors.quoted(table.qualifier())));
        }
        if (command.partition() == null) {
            Folders.empty(Path.of(table.location()));
        } else {
            new Partitions(session).matching(table, command.partition()).forEach(Folders::delete);
        }
        session.refresh(table.location());
    }
}
