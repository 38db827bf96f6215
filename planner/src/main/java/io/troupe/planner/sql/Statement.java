package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.parsed.ParsedPlan;

/// One statement of SQL.
public sealed interface Statement {
    /// A statement that gives rows and changes nothing.
    record Query(ParsedPlan plan) implements Statement {}

    /// A statement that a session executes at once.
    record Execution(Command command) implements Statement {}
}
