package io.troupe.planner.command;

import io.troupe.planner.catalog.SqlFunction;
import java.util.List;

/// User-defined functions written in SQL.
public sealed interface FunctionCommand extends Command {
    record Create(SqlFunction function, boolean temporary, boolean ifNotExists, boolean replace)
            implements FunctionCommand {}

    record Drop(List<String> name, boolean ifExists, boolean temporary)
            implements FunctionCommand {}
}
