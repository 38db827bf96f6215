package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// Changes of a table's rows.
public sealed interface RowsCommand extends Command {
    /// `partition` null when absent; `columns` empty when absent.
    record Insert(
            List<String> name,
            boolean overwrite,
            Partition partition,
            boolean byName,
            List<String> columns,
            boolean ifNotExists,
            ParsedPlan query)
            implements RowsCommand {}

    /// DELETE, UPDATE, MERGE and INSERT … REPLACE WHERE, which tables of plain files do not have:
    /// `operation` names it.
    record Unsupported(List<String> name, String operation) implements RowsCommand {}
}
