package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.ViewCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// CREATE, ALTER and DROP of views.
final class ViewCommandReader {
    private final Readers readers;

    ViewCommandReader(Readers readers) {
        this.readers = readers;
    }

    Command command(TroupeSql.ViewCommandContext tree, TableCommandReader tables) {
        return switch (tree) {
            case TroupeSql.CreateViewContext create -> create(create);
            case TroupeSql.CreateSourceViewContext create ->
                    new ViewCommand.CreateOfSource(
                            readers.names().table(create.name),
                            readers.types().columns(create.columnDefinition()).fields(),
                            create.GLOBAL() != null
                                    ? ViewCommand.Scope.GLOBAL
                                    : ViewCommand.Scope.SESSION,
                            create.REPLACE() != null
                                    ? ViewCommand.Existing.REPLACE
                                    : ViewCommand.Existing.FAIL,
                            String.join(".", Names.parts(create.format)).toLowerCase(Locale.ROOT),
                            create.propertyList() == null
                                    ? Map.of()
                                    : readers.relations().properties(create.propertyList()));
            case TroupeSql.DropViewContext drop ->
                    new ViewCommand.Drop(readers.names().table(drop.name), drop.ifExists() != null);
            case TroupeSql.AlterViewQueryContext alter ->
                    new ViewCommand.Alter(
                            readers.names().table(alter.name),
                            Origin.written(alter.query()),
                            readers.queries().query(alter.query()));
            case TroupeSql.AlterViewContext alter ->
                    tables.change(readers.names().table(alter.name), alter.tableChange(), true);
            default -> throw Readers.unknown(tree);
        };
    }

    private Command create(TroupeSql.CreateViewContext tree) {
        List<String> name = readers.names().table(tree.name);
        boolean temporary = tree.TEMPORARY() != null;
        if (temporary && tree.ifNotExists() != null) {
            throw readers.fail(
                    tree,
                    "_LEGACY_ERROR_TEMP_0053",
                    null,
                    "It is not allowed to define a TEMPORARY view with IF NOT EXISTS.");
        }
        String comment = null;
        Map<String, String> properties = new LinkedHashMap<>();
        for (TroupeSql.ViewClauseContext clause : tree.viewClause()) {
            comment = clause.comment == null ? comment : readers.literals().text(clause.comment);
            if (clause.propertyList() != null) {
                properties.putAll(readers.relations().properties(clause.propertyList()));
            }
        }
        List<ViewCommand.Column> columns =
                tree.viewColumn().stream()
                        .map(column ->
                                new ViewCommand.Column(
                                        Names.of(column.word()),
                                        column.stringLiteral() == null
                                                ? null
                                                : readers.literals().text(column.stringLiteral())))
                        .toList();
        ViewCommand.Scope scope =
                !temporary
                        ? ViewCommand.Scope.STORED
                        : tree.GLOBAL() != null
                                ? ViewCommand.Scope.GLOBAL
                                : ViewCommand.Scope.SESSION;
        ViewCommand.Existing existing =
                tree.REPLACE() != null
                        ? ViewCommand.Existing.REPLACE
                        : tree.ifNotExists() != null
                                ? ViewCommand.Existing.KEEP
                                : ViewCommand.Existing.FAIL;
        return new ViewCommand.Create(
                name,
                columns,
                scope,
                existing,
                comment,
                properties,
                Origin.written(tree.query()),
                readers.queries().query(tree.query()));
    }
}
