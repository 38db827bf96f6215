package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;

/// A statement that is executed for its effect, or that asks the session rather than data.
public sealed interface Command {
    /// `EXPLAIN [mode] query`; `mode` is `simple`, `extended`, `formatted`, `cost` or `codegen`.
    record Explain(String mode, ParsedPlan query) implements Command {}
}
