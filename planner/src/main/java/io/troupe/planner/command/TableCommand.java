package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructField;
import java.util.List;
import java.util.Map;

/// Stored tables.
public sealed interface TableCommand extends Command {
    /// What a new table is like. `format` is null for the session's default; `location` null for a
    /// folder in the warehouse. Column defaults and comments are in the fields' metadata
    /// (`CURRENT_DEFAULT`, `comment`).
    record Definition(
            List<StructField> columns,
            String format,
            List<String> partitionBy,
            Map<String, String> options,
            Map<String, String> properties,
            String location,
            String comment) {}

    /// `query` null without AS SELECT.
    record Create(
            List<String> name,
            Definition definition,
            boolean ifNotExists,
            boolean replace,
            ParsedPlan query)
            implements TableCommand {}

    record CreateLike(
            List<String> name, List<String> source, Definition definition, boolean ifNotExists)
            implements TableCommand {}

    record Drop(List<String> name, boolean ifExists) implements TableCommand {}

    record Truncate(List<String> name, Partition partition) implements TableCommand {}

    /// Finds partition folders again; a table's files are listed at each query, so that there is
    /// nothing to repair.
    record Repair(List<String> name) implements TableCommand {}

    record Analyze(List<String> name) implements TableCommand {}

    /// `subject` is `database`, `table` or `column`; `text` null removes the comment.
    record Comment(String subject, List<String> name, String text) implements TableCommand {}

    /// `view` when ALTER VIEW was written.
    record Rename(List<String> name, List<String> to, boolean view) implements TableCommand {}

    record RenameColumn(List<String> name, List<String> from, String to) implements TableCommand {}

    record AddColumns(List<String> name, List<NewColumn> columns) implements TableCommand {}

    /// `after` names a column; null: at the end, unless `first`.
    record NewColumn(StructField field, boolean first, String after) {}

    record DropColumns(List<String> name, List<List<String>> columns, boolean ifExists)
            implements TableCommand {}

    record ReplaceColumns(List<String> name, List<StructField> columns) implements TableCommand {}

    record AlterColumn(List<String> name, List<String> column, ColumnChange change)
            implements TableCommand {}

    /// One change of a column; null components stay. `position` is `FIRST`, or the name of the
    /// column before.
    record ColumnChange(
            String newName,
            DataType type,
            String comment,
            Boolean nullable,
            String standard,
            boolean dropDefault,
            String position) {}

    record SetProperties(List<String> name, Map<String, String> properties, boolean view)
            implements TableCommand {}

    record UnsetProperties(List<String> name, List<String> keys, boolean ifExists, boolean view)
            implements TableCommand {}

    record SetLocation(List<String> name, String location) implements TableCommand {}

    /// `change` is `ADD PARTITION`, `DROP PARTITION` or `RENAME PARTITION`.
    record ChangePartitions(
            List<String> name, String change, List<Partition> partitions, boolean lenient)
            implements TableCommand {}
}
