package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.StructField;
import java.util.List;
import java.util.Map;

/// Views: queries under a name.
public sealed interface ViewCommand extends Command {
    /// Where a view is kept.
    enum Scope {
        STORED,
        SESSION,
        GLOBAL
    }

    /// What happens when the view exists.
    enum Existing {
        FAIL,
        REPLACE,
        KEEP
    }

    /// A column's new name; `comment` may be null.
    record Column(String name, String comment) {}

    /// `text` is the query as written.
    record Create(
            List<String> name,
            List<Column> columns,
            Scope scope,
            Existing existing,
            String comment,
            Map<String, String> properties,
            String text,
            ParsedPlan query)
            implements ViewCommand {}

    /// `CREATE TEMPORARY VIEW v USING format OPTIONS (…)`; `columns` empty for inference.
    record CreateOfSource(
            List<String> name,
            List<StructField> columns,
            Scope scope,
            Existing existing,
            String format,
            Map<String, String> options)
            implements ViewCommand {}

    record Drop(List<String> name, boolean ifExists) implements ViewCommand {}

    record Alter(List<String> name, String text, ParsedPlan query) implements ViewCommand {}
}
