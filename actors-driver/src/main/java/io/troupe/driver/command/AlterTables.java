package io.troupe.driver.command;

import io.troupe.planner.command.TableCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// ALTER TABLE, ALTER VIEW and COMMENT ON. Files are never rewritten, so that columns can be added
/// but not dropped, renamed or retyped.
final class AlterTables {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    AlterTables(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    void run(TableCommand command) {
        switch (command) {
            case TableCommand.Comment comment -> comment(comment);
            case TableCommand.Rename rename -> rename(rename);
            case TableCommand.AddColumns add -> addColumns(add);
            case TableCommand.AlterColumn alter -> alterColumn(alter);
            case TableCommand.SetProperties set -> {
                TableRecord table = names.existing(set.name());
                Map<String, String> properties = new LinkedHashMap<>(table.properties());
                properties.putAll(set.properties());
                warehouse.put(table.withProperties(properties));
            }
            case TableCommand.UnsetProperties unset -> {
                TableRecord table = names.existing(unset.name());
                Map<String, String> properties = new LinkedHashMap<>(table.properties());
                unset.keys().forEach(properties::remove);
                warehouse.put(table.withProperties(properties));
            }
            case TableCommand.SetLocation set -> {
                TableRecord table =
                        names.existingTable(set.name(), "ALTER TABLE ... SET LOCATION ...");
                warehouse.put(table.withLocation(Locations.path(set.location()).toString(), false));
            }
            case TableCommand.RenameColumn rename -> throw refused(rename.name(), "RENAME COLUMN");
            case TableCommand.DropColumns drop -> throw refused(drop.name(), "DROP COLUMN");
            case TableCommand.ReplaceColumns replace ->
                    throw refused(replace.name(), "REPLACE COLUMNS");
            case TableCommand.ChangePartitions change -> partitions(change);
            default -> throw new IllegalStateException("not an alteration: " + command);
        }
    }

    private TroupeException refused(List<String> name, String operation) {
        return CommandErrors.noTableOperation(
                names.existingTable(name, "ALTER TABLE ... " + operation).qualifier(), operation);
    }

    private void comment(TableCommand.Comment command) {
        switch (command.subject()) {
            case "database" -> {
                DatabaseRecord database = names.existingDatabase(names.database(command.name()));
                String text = command.text() == null ? "" : command.text();
                warehouse.put(
                        new DatabaseRecord(
                                database.name(), text, database.location(), database.properties()));
            }
            case "column" -> {
                List<String> table = command.name().subList(0, command.name().size() - 1);
                TableCommand.ColumnChange change =
                        new TableCommand.ColumnChange(
                                null,
                                null,
                                command.text() == null ? "" : command.text(),
                                null,
                                null,
                                false,
                                null);
                alterColumn(
                        new TableCommand.AlterColumn(
                                table, List.of(command.name().getLast()), change));
            }
            default -> warehouse.put(names.existing(command.name()).withComment(command.text()));
        }
    }

    private void rename(TableCommand.Rename command) {
        var catalog = session.catalog();
        if (command.name().size() == 1
                && catalog.temporaryViews().containsKey(Warehouse.key(command.name().getFirst()))) {
            String to = command.to().getLast();
            if (catalog.temporaryViews().containsKey(Warehouse.key(to))) {
                throw CommandErrors.temporaryViewExists(to);
            }
            var view = catalog.temporaryViews().get(Warehouse.key(command.name().getFirst()));
            catalog.putTemporaryView(
                    to,
                    new io.troupe.planner.catalog.CatalogEntry.TemporaryView(
                            List.of(to), view.plan()));
            catalog.dropTemporaryView(command.name().getFirst());
            return;
        }
        TableRecord table = names.existing(command.name());
        if (command.view() != table.isView()) {
            throw command.view()
                    ? CommandErrors.wrongKind(
                            "ALTER VIEW ... RENAME TO",
                            "VIEW",
                            table.qualifier(),
                            table.kind(),
                            "Use ALTER TABLE ... RENAME TO instead.")
                    : CommandErrors.wrongKind(
                            "ALTER TABLE ... RENAME TO",
                            "TABLE",
                            table.qualifier(),
                            "VIEW",
                            "Use ALTER VIEW ... RENAME TO instead.");
        }
        TableNames.Qualified to = names.qualified(command.to());
        names.existingDatabase(to.database());
        if (warehouse.table(to.database(), to.table()) != null) {
            throw CommandErrors.tableExists(to.shown());
        }
        TableRecord renamed = table.renamed(to.database(), Warehouse.key(to.table()));
        if (table.managed() && !table.isView()) {
            Path folder = warehouse.folderFor(to.database(), to.table());
            Folders.move(Path.of(table.location()), folder);
            session.refresh(table.location());
            renamed = renamed.withLocation(folder.toString(), true);
        }
        warehouse.drop(table);
        warehouse.put(renamed);
    }

    private void addColumns(TableCommand.AddColumns command) {
        TableRecord table = names.existingTable(command.name(), "ALTER TABLE ... ADD COLUMNS");
        List<StructField> fields = new ArrayList<>(table.schema().fields());
        for (TableCommand.NewColumn column : command.columns()) {
            if (column.first() || column.after() != null) {
                throw refused(command.name(), "ALTER TABLE ... ADD COLUMN ... FIRST | AFTER");
            }
            List<String> known = fields.stream().map(StructField::name).toList();
            if (known.stream().anyMatch(column.field().name()::equalsIgnoreCase)) {
                throw CommandErrors.columnExists(column.field().name(), known);
            }
            fields.add(column.field());
        }
        warehouse.put(
                table.withSchema(
                        TableCommands.partitionsLast(new StructType(fields), table.partitionBy())));
        session.refresh(table.location());
    }

    private void alterColumn(TableCommand.AlterColumn command) {
        TableRecord table = names.existing(command.name());
        String wanted = command.column().getLast();
        List<String> known = table.schema().fields().stream().map(StructField::name).toList();
        String name =
                known.stream()
                        .filter(wanted::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> CommandErrors.noColumn(wanted, known));
        TableCommand.ColumnChange change = command.change();
        List<StructField> fields = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            fields.add(field.name().equals(name) ? changed(table, field, change) : field);
        }
        warehouse.put(table.withSchema(new StructType(fields)));
    }

    private static StructField changed(
            TableRecord table, StructField field, TableCommand.ColumnChange change) {
        boolean retyped = change.type() != null && !change.type().equals(field.type());
        boolean renamed = change.newName() != null && !change.newName().equals(field.name());
        if (retyped || renamed) {
            String newName = change.newName() == null ? field.name() : change.newName();
            String newType = change.type() == null ? field.type().sql() : change.type().sql();
            throw TroupeException.analysis(
                    "NOT_SUPPORTED_CHANGE_COLUMN",
                    "0A000",
                    "ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing "
                            + CommandErrors.quoted(table.qualifier())
                            + "'s column "
                            + CommandErrors.quoted(field.name())
                            + " with type \""
                            + field.type().sql()
                            + "\" to "
                            + CommandErrors.quoted(newName)
                            + " with type \""
                            + newType
                            + "\".",
                    Map.of(
                            "table",
                            CommandErrors.quoted(table.qualifier()),
                            "originName",
                            CommandErrors.quoted(field.name()),
                            "originType",
                            "\"" + field.type().sql() + "\"",
                            "newName",
                            CommandErrors.quoted(newName),
                            "newType",
                            "\"" + newType + "\""));
        }
        if (change.position() != null || change.nullable() != null) {
            throw CommandErrors.noTableOperation(
                    table.qualifier(),
                    change.position() != null
                            ? "ALTER COLUMN ... FIRST | AFTER"
                            : "ALTER COLUMN ... SET NOT NULL");
        }
        Metadata metadata = Metadata.of(field);
        if (change.comment() != null) {
            metadata.put("comment", change.comment().isEmpty() ? null : change.comment());
        }
        if (change.standard() != null || change.dropDefault()) {
            metadata.put("CURRENT_DEFAULT", change.standard());
        }
        return metadata.field();
    }

    private void partitions(TableCommand.ChangePartitions command) {
        TableRecord table =
                names.existingTable(command.name(), "ALTER TABLE ... " + command.change());
        Partitions partitions = new Partitions(session);
        switch (command.change()) {
            case "DROP PARTITION" ->
                    command.partitions()
                            .forEach(one ->
                                    partitions.matching(table, one).forEach(Folders::delete));
            case "ADD PARTITION" ->
                    command.partitions()
                            .forEach(one -> {
                                Path folder = Path.of(table.location());
                                for (Map.Entry<String, String> value :
                                        partitions.values(table, one).entrySet()) {
                                    folder =
                                            folder.resolve(value.getKey() + "=" + value.getValue());
                                }
                                Folders.create(folder);
                            });
            default -> throw CommandErrors.noTableOperation(table.qualifier(), command.change());
        }
        session.refresh(table.location());
    }
}
