package io.troupe.driver.command;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.command.ViewCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// CREATE, ALTER and DROP of views.
final class ViewCommands {
    private final CommandSession session;
    private final Warehouse warehouse;
    private final TableNames names;

    ViewCommands(CommandSession session, Warehouse warehouse, TableNames names) {
        this.session = session;
        this.warehouse = warehouse;
        this.names = names;
    }

    Answer run(ViewCommand command) {
        switch (command) {
            case ViewCommand.Create create -> create(create);
            case ViewCommand.CreateOfSource create -> createOfSource(create);
            case ViewCommand.Drop drop -> drop(drop);
            case ViewCommand.Alter alter -> alter(alter);
        }
        return Answer.NOTHING;
    }

    private void create(ViewCommand.Create command) {
        ParsedPlan query = command.query();
        if (!command.columns().isEmpty()) {
            int found = session.analyze(query).output().size();
            checkArity(command, found, session.analyze(query));
            query =
                    new ParsedPlan.RenameAll(
                            query,
                            command.columns().stream().map(ViewCommand.Column::name).toList());
        }
        LogicalPlan plan = session.analyze(query);
        if (command.scope() == ViewCommand.Scope.STORED) {
            store(command, plan);
        } else {
            keep(command.name(), command.scope(), command.existing(), plan);
        }
    }

    private void checkArity(ViewCommand.Create command, int found, LogicalPlan plan) {
        int wanted = command.columns().size();
        if (wanted == found) {
            return;
        }
        String kind = wanted > found ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS";
        String shown = CommandErrors.quoted(names.qualified(command.name()).shown());
        String views =
                String.join(
                        ", ",
                        command.columns().stream()
                                .map(column -> CommandErrors.quoted(column.name()))
                                .toList());
        String data =
                String.join(
                        ", ",
                        plan.output().stream()
                                .map(column -> CommandErrors.quoted(column.name()))
                                .toList());
        throw TroupeException.analysis(
                "CREATE_VIEW_COLUMN_ARITY_MISMATCH." + kind,
                "21S01",
                "Cannot create view "
                        + shown
                        + ", the reason is "
                        + (wanted > found ? "not enough" : "too many")
                        + " data columns:\nView columns: "
                        + views
                        + ".\nData columns: "
                        + data
                        + ".",
                Map.of("viewName", shown, "viewColumns", views, "dataColumns", data));
    }

    /// Keeps an analysed plan as a temporary view.
    private void keep(
            List<String> name,
            ViewCommand.Scope scope,
            ViewCommand.Existing existing,
            LogicalPlan plan) {
        if (name.size() > 1 && scope == ViewCommand.Scope.SESSION) {
            throw TroupeException.analysis(
                    "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS",
                    "428EK",
                    "CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: "
                            + CommandErrors.quoted(name)
                            + ".",
                    Map.of("actualName", CommandErrors.quoted(name)));
        }
        String last = name.getLast();
        boolean global = scope == ViewCommand.Scope.GLOBAL;
        List<String> qualified = global ? List.of("global_temp", last) : List.of(last);
        boolean exists =
                global
                        ? session.catalog().lookup(qualified) != null
                        : session.catalog().temporaryViews().containsKey(Warehouse.key(last));
        if (exists && existing != ViewCommand.Existing.REPLACE) {
            throw CommandErrors.temporaryViewExists(last);
        }
        CatalogEntry.TemporaryView view = new CatalogEntry.TemporaryView(qualified, plan);
        if (global) {
            session.catalog().putGlobalView(last, view);
        } else {
            session.catalog().putTemporaryView(last, view);
        }
    }

    private void store(ViewCommand.Create command, LogicalPlan plan) {
        TableNames.Qualified name = names.qualified(command.name());
        names.existingDatabase(name.database());
        checkLasting(command, name.shown());
        TableRecord existing = warehouse.table(name.database(), name.table());
        if (existing != null) {
            if (command.existing() == ViewCommand.Existing.KEEP) {
                return;
            }
            if (command.existing() == ViewCommand.Existing.FAIL) {
                throw CommandErrors.tableExists(name.shown());
            }
            if (!existing.isView()) {
                throw CommandErrors.wrongKind(
                        "CREATE OR REPLACE VIEW",
                        "VIEW",
                        existing.qualifier(),
                        existing.kind(),
                        "Drop the table first.");
            }
        }
        warehouse.put(
                new TableRecord(
                        name.database(),
                        Warehouse.key(name.table()),
                        null,
                        null,
                        false,
                        schema(plan, command.columns()),
                        List.of(),
                        Map.of(),
                        command.properties(),
                        command.comment(),
                        System.currentTimeMillis(),
                        command.text(),
                        queryColumns(command.query())));
    }

    private List<String> queryColumns(ParsedPlan query) {
        return session.analyze(query).output().stream().map(column -> column.name()).toList();
    }

    /// A view that outlives the session must not read what does not.
    private void checkLasting(ViewCommand.Create command, List<String> name) {
        Set<String> temporary =
                session.catalog().temporaryViewsUsedBy(() -> session.analyze(command.query()));
        if (!temporary.isEmpty()) {
            String view = CommandErrors.quoted(name);
            String used = CommandErrors.quoted(temporary.iterator().next());
            throw TroupeException.analysis(
                    "INVALID_TEMP_OBJ_REFERENCE",
                    "42K0F",
                    "Cannot create the persistent object "
                            + view
                            + " of the type VIEW because it references to the temporary object "
                            + used
                            + " of the type VIEW. Please make the temporary object "
                            + used
                            + " persistent, or make the persistent object "
                            + view
                            + " temporary.",
                    Map.of("obj", "VIEW", "objName", view, "tempObj", "VIEW", "tempObjName", used));
        }
    }

    private static StructType schema(LogicalPlan plan, List<ViewCommand.Column> columns) {
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            var column = plan.output().get(i);
            Metadata metadata =
                    Metadata.of(new StructField(column.name(), column.type(), column.nullable()));
            if (i < columns.size()) {
                metadata.put("comment", columns.get(i).comment());
            }
            fields.add(metadata.field());
        }
        return new StructType(fields);
    }

    private void createOfSource(ViewCommand.CreateOfSource command) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>();
        command.options()
                .forEach((key, value) -> {
                    if (key.equalsIgnoreCase("path")) {
                        paths.add(value);
                    } else {
                        options.put(key.toLowerCase(Locale.ROOT), value);
                    }
                });
        StructType schema = command.columns().isEmpty() ? null : new StructType(command.columns());
        LogicalPlan plan =
                session.analyze(new ParsedPlan.Read(command.format(), paths, options, schema));
        keep(command.name(), command.scope(), command.existing(), plan);
    }

    private void drop(ViewCommand.Drop command) {
        List<String> name = command.name();
        boolean global = name.size() == 2 && name.getFirst().equalsIgnoreCase("global_temp");
        if (global && session.catalog().dropGlobalView(name.getLast())) {
            return;
        }
        if (name.size() == 1 && session.catalog().dropTemporaryView(name.getFirst())) {
            return;
        }
        TableRecord view = names.find(name);
        if (view == null) {
            if (command.ifExists()) {
                return;
            }
            throw CommandErrors.noTable(
                    names.qualified(name).shown(), session.catalog().currentDatabase());
        }
        if (!view.isView()) {
            throw CommandErrors.wrongKind(
                    "DROP VIEW",
                    "VIEW or METRIC_VIEW",
                    view.qualifier(),
                    view.kind(),
                    "Use DROP TABLE instead.");
        }
        warehouse.drop(view);
    }

    private void alter(ViewCommand.Alter command) {
        LogicalPlan plan = session.analyze(command.query());
        String last = command.name().getLast();
        if (command.name().size() == 1
                && session.catalog().temporaryViews().containsKey(Warehouse.key(last))) {
            session.catalog()
                    .putTemporaryView(last, new CatalogEntry.TemporaryView(List.of(last), plan));
            return;
        }
        TableRecord view = names.existing(command.name());
        if (!view.isView()) {
            throw CommandErrors.wrongKind(
                    "ALTER VIEW ... AS",
                    "VIEW",
                    view.qualifier(),
                    view.kind(),
                    "Use ALTER TABLE instead.");
        }
        warehouse.put(
                view.withView(
                        schema(plan, List.of()), command.text(), queryColumns(command.query())));
    }
}
