package io.troupe.driver.command;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.RowsCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Alias;
import io.troupe.planner.parsed.ParsedExpression.Conversion;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// INSERT: fits the query's columns to the table's, by position or name, with defaults for the ones
/// left out, and writes the rows.
final class InsertCommands {
    private final CommandSession session;
    private final TableNames names;

    InsertCommands(CommandSession session, TableNames names) {
        this.session = session;
        this.names = names;
    }

    Answer run(RowsCommand command) {
        switch (command) {
            case RowsCommand.Insert insert -> insert(insert);
            case RowsCommand.Unsupported unsupported -> {
                List<String> name =
                        unsupported.name().isEmpty()
                                ? List.of()
                                : names.existingTable(unsupported.name(), unsupported.operation())
                                        .qualifier();
                String operation =
                        unsupported.operation().equals("DELETE FROM TABLE")
                                ? "DELETE"
                                : unsupported.operation();
                throw CommandErrors.noTableOperation(name, operation);
            }
        }
        return Answer.NOTHING;
    }

    private void insert(RowsCommand.Insert command) {
        if (session.catalog().lookup(command.name()) == null) {
            throw CommandErrors.noTable(command.name(), session.catalog().currentDatabase());
        }
        TableRecord table = names.find(command.name());
        if (table == null || table.isView()) {
            String shown = CommandErrors.quoted(command.name());
            throw TroupeException.analysis(
                    "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                    "42809",
                    "'INSERT' expects a table but " + shown + " is a view.",
                    Map.of("operation", "INSERT", "viewName", shown));
        }
        List<StructField> fixed = new ArrayList<>();
        if (command.partition() != null) {
            command.partition()
                    .values()
                    .forEach((column, value) -> {
                        StructField field = Partitions.column(table, column);
                        if (value != null) {
                            fixed.add(field);
                        }
                    });
        }
        ParsedPlan source = fitted(command, table, fixed);
        LogicalPlan plan = session.analyze(source);
        boolean partly = command.overwrite() && !fixed.isEmpty();
        if (partly) {
            List<Path> replaced = new Partitions(session).matching(table, command.partition());
            if (command.ifNotExists() && !replaced.isEmpty()) {
                return;
            }
            replaced.forEach(Folders::delete);
        }
        session.write(
                plan,
                new WriteTarget(
                        table.format(),
                        table.location(),
                        command.overwrite() && !partly,
                        table.partitionBy(),
                        table.options()));
        session.refresh(table.location());
    }

    /// The query with exactly the table's columns, in its order, types and names.
    private ParsedPlan fitted(
            RowsCommand.Insert command, TableRecord table, List<StructField> fixed) {
        List<StructField> open =
                table.schema().fields().stream().filter(field -> !fixed.contains(field)).toList();
        List<StructField> targets =
                command.columns().isEmpty() ? open : listed(command, table, open);
        ParsedPlan query = withDefaults(command.query(), targets);
        List<Attribute> output = session.analyze(query).output();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            given.add("__column_" + i);
        }
        List<ParsedExpression> columns = new ArrayList<>();
        if (!command.byName()) {
            checkArity(table, targets, output);
        } else {
            checkNames(table, open, output);
        }
        for (StructField field : table.schema().fields()) {
            int at = command.byName() ? position(output, field.name()) : targets.indexOf(field);
            ParsedExpression value;
            if (fixed.contains(field)) {
                value =
                        new Conversion(
                                fixedValue(command.partition(), field.name()), field.type(), false);
            } else if (at < 0) {
                value = new Conversion(standard(field), field.type(), false);
            } else {
                value = converted(table, field, output.get(at), given.get(at));
            }
            columns.add(new Alias(value, List.of(field.name()), null));
        }
        return new ParsedPlan.Select(new ParsedPlan.RenameAll(query, given), columns);
    }

    private static ParsedExpression converted(
            TableRecord table, StructField field, Attribute found, String name) {
        Name column = new Name(List.of(name), null);
        if (found.type().equals(field.type())) {
            return column;
        }
        if (!Assignment.allowed(found.type(), field.type())) {
            String shown = CommandErrors.quoted(table.qualifier());
            throw TroupeException.analysis(
                    "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                    "KD000",
                    "Cannot write incompatible data for the table "
                            + shown
                            + ": Cannot safely cast "
                            + CommandErrors.quoted(field.name())
                            + " \""
                            + found.type().sql()
                            + "\" to \""
                            + field.type().sql()
                            + "\".",
                    Map.of(
                            "tableName",
                            shown,
                            "colName",
                            CommandErrors.quoted(field.name()),
                            "srcType",
                            "\"" + found.type().sql() + "\"",
                            "targetType",
                            "\"" + field.type().sql() + "\""));
        }
        return new Conversion(column, field.type(), false);
    }

    private static int position(List<Attribute> output, String name) {
        for (int i = 0; i < output.size(); i++) {
            if (output.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private List<StructField> listed(
            RowsCommand.Insert command, TableRecord table, List<StructField> open) {
        List<StructField> targets = new ArrayList<>();
        List<String> known = table.schema().fields().stream().map(StructField::name).toList();
        for (String column : command.columns()) {
            StructField field =
                    open.stream()
                            .filter(one -> one.name().equalsIgnoreCase(column))
                            .findFirst()
                            .orElseThrow(() -> CommandErrors.noColumn(column, known));
            if (targets.contains(field)) {
                throw TroupeException.analysis(
                        "COLUMN_ALREADY_EXISTS",
                        "42711",
                        "The column "
                                + CommandErrors.quoted(column)
                                + " already exists. Choose another name or rename the existing column.",
                        Map.of("columnName", CommandErrors.quoted(column)));
            }
            targets.add(field);
        }
        return targets;
    }

    private static void checkArity(
            TableRecord table, List<StructField> targets, List<Attribute> output) {
        if (targets.size() != output.size()) {
            throw arity(table, targets, output, targets.size() > output.size());
        }
    }

    private static TroupeException arity(
            TableRecord table, List<StructField> targets, List<Attribute> output, boolean tooFew) {
        String shown = CommandErrors.quoted(table.qualifier());
        String wanted =
                String.join(
                        ", ",
                        targets.stream().map(field -> CommandErrors.quoted(field.name())).toList());
        String found =
                String.join(
                        ", ",
                        output.stream()
                                .map(column -> CommandErrors.quoted(column.name()))
                                .toList());
        return TroupeException.analysis(
                "INSERT_COLUMN_ARITY_MISMATCH."
                        + (tooFew ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS"),
                "21S01",
                "Cannot write to "
                        + shown
                        + ", the reason is "
                        + (tooFew ? "not enough" : "too many")
                        + " data columns:\nTable columns: "
                        + wanted
                        + ".\nData columns: "
                        + found
                        + ".",
                Map.of("tableName", shown, "tableColumns", wanted, "dataColumns", found));
    }

    private static void checkNames(
            TableRecord table, List<StructField> open, List<Attribute> output) {
        for (Attribute column : output) {
            if (open.stream().noneMatch(field -> field.name().equalsIgnoreCase(column.name()))) {
                String shown = CommandErrors.quoted(table.qualifier());
                throw TroupeException.analysis(
                        "INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
                        "KD000",
                        "Cannot write incompatible data for the table "
                                + shown
                                + ": Cannot write extra columns "
                                + CommandErrors.quoted(column.name())
                                + ".",
                        Map.of(
                                "tableName",
                                shown,
                                "extraColumns",
                                CommandErrors.quoted(column.name())));
            }
        }
    }

    private static ParsedExpression fixedValue(Command.Partition partition, String column) {
        return partition.values().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /// The value of a column that an INSERT leaves out.
    private ParsedExpression standard(StructField field) {
        String text = Metadata.of(field).standard();
        return text == null
                ? new ParsedExpression.Constant(Literal.ofNull(AtomicType.VOID))
                : SqlParser.parseExpression(text, session.parserSettings());
    }

    /// Replaces the word DEFAULT in VALUES and in a select list.
    private ParsedPlan withDefaults(ParsedPlan plan, List<StructField> targets) {
        return switch (plan) {
            case ParsedPlan.LocatedPlan located ->
                    new ParsedPlan.LocatedPlan(
                            withDefaults(located.child(), targets),
                            located.site(),
                            located.start(),
                            located.stop());
            case ParsedPlan.Values values ->
                    new ParsedPlan.Values(
                            values.rows().stream().map(row -> row(row, targets)).toList());
            case ParsedPlan.Select select
                    when !(select.child() instanceof ParsedPlan.LocatedPlan) ->
                    new ParsedPlan.Select(select.child(), row(select.columns(), targets));
            default -> plan;
        };
    }

    private List<ParsedExpression> row(List<ParsedExpression> values, List<StructField> targets) {
        List<ParsedExpression> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            boolean isDefault = i < targets.size() && isDefault(values.get(i));
            result.add(isDefault ? standard(targets.get(i)) : values.get(i));
        }
        return result;
    }

    private static boolean isDefault(ParsedExpression value) {
        return switch (value) {
            case ParsedExpression.Located located -> isDefault(located.child());
            case Name name ->
                    name.parts().size() == 1
                            && name.parts().getFirst().toUpperCase(Locale.ROOT).equals("DEFAULT");
            default -> false;
        };
    }
}
